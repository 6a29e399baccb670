import { createRequire } from 'node:module';
import type Ssh2 from 'ssh2';
import type { Slip } from './slip.js';

const USABLE = 'RSA, ECDSA and Ed25519 keys are; keys on a security token (sk-), DSA keys and certificates are not';

/** Loaded for the first key: 17 MB of WebAssembly come along, which threads that only read documents need not have. */
const parser = (): typeof Ssh2.utils => (createRequire(import.meta.url)('ssh2') as typeof Ssh2).utils;

/** Public keys that look like one and that nobody could log in with. */
export function slipsInKeys(publicKeys: readonly string[]): readonly Slip[] {
  return publicKeys.flatMap((line, n) => {
    const key = parser().parseKey(line);
    if (!(key instanceof Error) && /^(ssh-rsa|ssh-ed25519|ecdsa-sha2-nistp\d+)$/.test(key.type)) return [];
    const message = `this key cannot be used to log in: ${USABLE}`;
    return [{ path: ['sftpLogin', 'publicKeys', n], message }];
  });
}
