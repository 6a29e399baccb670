import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const MARK = 'sealed:';
const SEALED = /^sealed:[\w-]{38,}$/;
const CIPHER = 'aes-256-gcm';
const KEY_LENGTH = 32;
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;

/** Whether a text was sealed. */
export function isSealed(text: string): boolean {
  return SEALED.test(text);
}

/**
 * Seals what a profile says in confidence, so that whoever reads profiles, tables or their backups does not learn it. What
 * was sealed for one place opens nowhere else: with a profile that names another server it is worth nothing.
 */
export class Seal {
  constructor(private readonly key: Buffer) {}

  /** @param place - What it is for. */
  close(text: string, place: string): string {
    const nonce = randomBytes(NONCE_LENGTH);
    const sealing = createCipheriv(CIPHER, this.key, nonce).setAAD(Buffer.from(place));
    const bytes = Buffer.concat([sealing.update(text, 'utf8'), sealing.final()]);
    return `${MARK}${Buffer.concat([nonce, sealing.getAuthTag(), bytes]).toString('base64url')}`;
  }

  /** @returns `undefined` for what was sealed for another place, or with another key. */
  open(sealed: string, place: string): string | undefined {
    const bytes = Buffer.from(sealed.slice(MARK.length), 'base64url');
    const [nonce, tag] = [bytes.subarray(0, NONCE_LENGTH), bytes.subarray(NONCE_LENGTH, NONCE_LENGTH + TAG_LENGTH)];
    try {
      const opening = createDecipheriv(CIPHER, this.key, nonce, { authTagLength: TAG_LENGTH })
        .setAAD(Buffer.from(place))
        .setAuthTag(tag);
      return Buffer.concat([opening.update(bytes.subarray(NONCE_LENGTH + TAG_LENGTH)), opening.final()]).toString();
    } catch {
      return undefined;
    }
  }
}

/** The seal whose key stands in `keys/profile_seal` of `EDI_HOME`; the key is made where there is none yet. */
export async function sealIn(home: string): Promise<Seal> {
  const file = join(home, 'keys', 'profile_seal');
  const key = await readFile(file).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    await makeKey(home, file);
    return readFile(file);
  });
  if (key.length !== KEY_LENGTH) throw new Error(`${file} is not the key that it was`);
  return new Seal(key);
}

/** Has its name when it is whole; of two processes at once the first one's counts. */
async function makeKey(home: string, file: string): Promise<void> {
  await mkdir(join(home, 'keys'), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  await writeFile(draft, randomBytes(KEY_LENGTH), { mode: 0o600, flag: 'wx' });
  await link(draft, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(draft);
}
