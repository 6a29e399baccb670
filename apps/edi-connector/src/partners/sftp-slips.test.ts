import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';

/** In a process of its own, as a thread that reads documents is: what other tests loaded does not count. */
const PROGRAM = `
  import { createRequire } from 'node:module';
  await import(${JSON.stringify(new URL('../../dist/partners/partner.js', import.meta.url).href)});
  const loaded = Object.keys(createRequire(import.meta.url).cache);
  process.stdout.write(String(loaded.filter((file) => file.includes('/ssh2/')).length));`;

describe('a profile without SSH keys', () => {
  it('is read without the SSH library, whose memory nobody needs who only reads documents', () => {
    const loaded = execFileSync(process.execPath, ['--input-type=module', '-e', PROGRAM], {
      encoding: 'utf8',
      env: {},
    });
    expect(loaded).toBe('0');
  });
});
