import ssh2 from 'ssh2';
import type { Slip } from './slip.js';

const USABLE = 'RSA, ECDSA and Ed25519 keys are; keys on a security token (sk-), DSA keys and certificates are not';

/** Public keys that look like one and that nobody could log in with. */
export function slipsInKeys(publicKeys: readonly string[]): readonly Slip[] {
  return publicKeys.flatMap((line, n) => {
    const key = ssh2.utils.parseKey(line);
    if (!(key instanceof Error) && /^(ssh-rsa|ssh-ed25519|ecdsa-sha2-nistp\d+)$/.test(key.type)) return [];
    const message = `this key cannot be used to log in: ${USABLE}`;
    return [{ path: ['sftpLogin', 'publicKeys', n], message }];
  });
}
