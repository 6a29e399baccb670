import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openMessage, type OpeningRules } from './open-message.js';
import { packMessage, type Packed } from './pack-message.js';
import { isReceipt, readReceipt, writeReceipt } from './receipt.js';
import { identity, type Identity } from './testing/identities.js';

const RUNS = { numRuns: 300 };
let us: Identity;
let them: Identity;
let rules: OpeningRules;

beforeAll(async () => {
  [us, them] = await Promise.all([identity('us'), identity('them')]);
  const open = { mustBeSigned: true, mustBeEncrypted: false, readsWeak: true, bytesMax: 100_000 };
  rules = { keys: [us], trusted: [them.certificate], ...open };
});

/** Some bytes changed, cut out or put in. */
function mutated(original: Buffer, edits: readonly (readonly [place: number, byte: number, cut: number])[]): Buffer {
  let bytes = original;
  for (const [place, byte, cut] of edits) {
    const at = place % (bytes.length + 1);
    bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from([byte]), bytes.subarray(at + cut)]);
  }
  return bytes;
}

const anyEdits = fc.array(fc.tuple(fc.nat(), fc.nat(255), fc.nat(3)), { minLength: 1, maxLength: 4 });

describe('whatever is posted', () => {
  const payload = Buffer.from('ISA*00*1~\r\nIEA*1~\r\n');
  const forms = (): Packed[] => {
    const base = { contentType: 'application/edi-x12', fileName: 'a.edi' };
    const sign = { key: them, digest: 'sha256' } as const;
    const encrypt = { certificate: us.certificate, cipher: 'aes128-gcm', keyTransport: 'rsa-pkcs1' } as const;
    return [
      packMessage(payload, { ...base, sign }),
      packMessage(payload, { ...base, sign, encrypt }),
      packMessage(payload, { ...base, sign, compress: 'after-signing' }),
    ];
  };

  it('a changed message is refused, or is what was signed; it never throws', () => {
    const made = forms();
    fc.assert(
      fc.property(fc.nat(made.length - 1), anyEdits, (form, edits) => {
        const { headers, body } = made[form]!;
        const opened = openMessage(new Map(headers), mutated(body, edits), rules);
        if (opened.ok) expect(opened.payload).toEqual(payload);
      }),
      RUNS,
    );
  });

  it('bytes that are nothing are refused under every name', () => {
    const types = [
      'application/pkcs7-mime',
      'multipart/signed; boundary=b',
      'multipart/report; boundary=b',
      'text/plain',
      '',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.uint8Array({ maxLength: 400 }), (type, bytes) => {
        const body = Buffer.concat([Buffer.from('--b\r\n'), bytes, Buffer.from('\r\n--b\r\n\r\n--b--')]);
        const headers = new Map([['content-type', type]]);
        expect(openMessage(headers, body, rules).ok).toBe(false);
        expect(typeof isReceipt(headers, body)).toBe('boolean');
      }),
      RUNS,
    );
  });

  it('a changed receipt is not believed to say something else', () => {
    const content = { originalMessageId: '<1@us>', recipient: 'THEM', disposition: 'processed', text: 'Taken.' };
    const { headers, body } = writeReceipt(
      { ...content, receivedContentMic: undefined },
      { key: them, digest: 'sha256' },
    );
    fc.assert(
      fc.property(anyEdits, (edits) => {
        try {
          const receipt = readReceipt(headers, mutated(body, edits), [them.certificate]);
          if (receipt !== undefined) expect(receipt).toMatchObject({ originalMessageId: '<1@us>', type: 'processed' });
        } catch (error) {
          expect((error as Error).name).toMatch(/^(Mime|Cms)Fault$/);
        }
      }),
      RUNS,
    );
  });
});
