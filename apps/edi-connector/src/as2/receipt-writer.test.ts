import { beforeAll, describe, expect, it } from '@jest/globals';
import { TestClock } from '@railhead/testing';
import type { As2Settings } from './as2-settings.js';
import type { Envelope } from './envelope.js';
import { OurKeys } from './our-keys.js';
import { ReceiptWriter } from './receipt-writer.js';
import { readReceipt } from './receipt.js';
import { identity, type Identity } from './testing/identities.js';

const receipt = { isSigned: true, micAlgorithms: ['sha256'], laterTo: undefined, unmet: undefined };
const envelope: Envelope = { from: 'THEM', to: 'US', messageId: '<1@them>', receipt };

let old: Identity;
let next: Identity;
beforeAll(async () => {
  const year = (from: string) => identity(from, { from: new Date(from), days: 365 });
  [old, next] = await Promise.all([year('2025-01-01'), year('2026-01-01')]);
});

function signerOf(at: string, known?: string): string | undefined {
  const bundle = [old, next].map((one) => one.certificatePem + one.privateKeyPem).join('');
  const settings = { keys: OurKeys.read(bundle) } as As2Settings;
  const writer = new ReceiptWriter(settings, new TestClock(new Date(at)));
  const { headers, body } = writer.refused(envelope, { refusal: 'decompression-failed' }, known);
  const fields = new Map(headers.map(([name, value]) => [name.toLowerCase(), value]));
  return Object.entries({ old, next }).find(
    ([, { certificate }]) => readReceipt(fields, body, [certificate])?.isSigned === true,
  )?.[0];
}

describe('a receipt that is wanted signed', () => {
  it('is signed with the newest certificate that is valid, or with the one that the partner knows', () => {
    expect(signerOf('2026-06-01')).toBe('next');
    expect(signerOf('2025-06-01')).toBe('old');
    expect(signerOf('2026-06-01', old.certificate.fingerprintSha256)).toBe('old');
  });

  it('is signed all the same when ours has ended, or the one that they know is gone: unsigned it proves nothing to anybody', () => {
    expect(signerOf('2028-06-01')).toBe('next');
    expect(signerOf('2026-06-01', 'f'.repeat(64))).toBe('next');
  });
});
