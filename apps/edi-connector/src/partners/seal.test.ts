import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isSealed, Seal, sealIn } from './seal.js';

const home = mkdtempSync(join(tmpdir(), 'railhead-seal-'));
afterAll(() => rmSync(home, { recursive: true }));

describe('what is sealed', () => {
  const seal = new Seal(Buffer.alloc(32, 1));
  const sealed = seal.close('open sesame ä', 'acme|https://acme.example');

  it('opens where it belongs', () => {
    expect(isSealed(sealed)).toBe(true);
    expect(sealed).not.toContain('sesame');
    expect(seal.open(sealed, 'acme|https://acme.example')).toBe('open sesame ä');
    expect(seal.close('open sesame ä', 'acme|https://acme.example')).not.toBe(sealed);
  });

  it('opens nowhere else, with no other key, and not when it was changed', () => {
    expect(seal.open(sealed, 'acme|https://evil.example')).toBeUndefined();
    expect(new Seal(Buffer.alloc(32, 2)).open(sealed, 'acme|https://acme.example')).toBeUndefined();
    const last = sealed.at(-2) === 'A' ? 'B' : 'A';
    expect(seal.open(`${sealed.slice(0, -2)}${last}${sealed.at(-1)}`, 'acme|https://acme.example')).toBeUndefined();
    expect(seal.open('sealed:short', 'acme')).toBeUndefined();
  });

  it('is told from a password that begins like it', () => {
    for (const text of ['sealed:', 'sealed:envelope', 'sealed', '']) expect(isSealed(text)).toBe(false);
  });
});

describe('the key of the seal', () => {
  it('is made once, also by several at once, for its owner only', async () => {
    const seals = await Promise.all(Array.from({ length: 5 }, () => sealIn(home)));
    const sealed = seals[0]!.close('x', 'here');
    for (const seal of seals) expect(seal.open(sealed, 'here')).toBe('x');
    expect(readdirSync(join(home, 'keys'))).toEqual(['profile_seal']);
    expect(statSync(join(home, 'keys', 'profile_seal')).mode & 0o777).toBe(0o600);
  });

  it('is not guessed when its file is not what it was', async () => {
    writeFileSync(join(home, 'keys', 'profile_seal'), 'short');
    await expect(sealIn(home)).rejects.toThrow('not the key that it was');
  });
});
