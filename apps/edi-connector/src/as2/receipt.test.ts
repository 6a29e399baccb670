import { beforeAll, describe, expect, it } from '@jest/globals';
import { judgeReceipt } from './judge-receipt.js';
import { micsOf } from './micalg.js';
import { isReceipt, readReceipt, writeReceipt, type ReceiptContent } from './receipt.js';
import { identity, type Identity } from './testing/identities.js';

const MESSAGE_ID = '<1@us>';
const mics = micsOf(Buffer.from('content'));
let them: Identity;
let stranger: Identity;

beforeAll(async () => {
  [them, stranger] = await Promise.all([identity('them'), identity('stranger')]);
});

const content = (change: Partial<ReceiptContent> = {}): ReceiptContent => ({
  originalMessageId: MESSAGE_ID,
  recipient: 'THEM',
  disposition: 'processed',
  receivedContentMic: `${mics.sha256[0]}, sha-256`,
  text: 'Taken.',
  ...change,
});

function verdictOn(
  change: Partial<ReceiptContent>,
  signer?: Identity,
  mustBeSigned = true,
  mustHoldCode = mustBeSigned,
) {
  const { headers, body } = writeReceipt(content(change), signer && { key: signer, digest: 'sha256' });
  expect(isReceipt(headers, body)).toBe(true);
  const receipt = readReceipt(headers, body, [them.certificate]);
  return judgeReceipt(receipt, { messageId: MESSAGE_ID, mics, mustBeSigned, mustHoldCode });
}

describe('a receipt', () => {
  it('says that they have it when it is theirs, about our message, and holds our code', () => {
    expect(verdictOn({}, them)).toEqual({ kind: 'received' });
    expect(verdictOn({ receivedContentMic: `${mics.sha1[0]}, sha1` }, them)).toEqual({ kind: 'received' });
    expect(verdictOn({ disposition: 'processed/Warning: duplicate-document' }, them)).toEqual({ kind: 'received' });
    expect(verdictOn({}, undefined, false)).toEqual({ kind: 'received' });
    expect(verdictOn({ originalMessageId: '1@us' }, them)).toEqual({ kind: 'received' });
  });

  it('need not hold a code of what we did not sign, but when it does it must be ours', () => {
    expect(verdictOn({ receivedContentMic: undefined }, them, true, false)).toEqual({ kind: 'received' });
    const other = `${micsOf(Buffer.from('other')).sha256[0]}, sha-256`;
    expect(verdictOn({ receivedContentMic: other }, them, true, false)).toMatchObject({ kind: 'refused' });
  });

  it('is believed when only its line ends were changed on the way', () => {
    const { headers, body } = writeReceipt(content(), { key: them, digest: 'sha256' });
    const changed = Buffer.from(body.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
    expect(readReceipt(headers, changed, [them.certificate])).toMatchObject({ type: 'processed' });
  });

  it('takes no longer to read for being written to take long', () => {
    const blanks = ' '.repeat(200_000);
    const { headers, body } = writeReceipt(
      content({ disposition: `x; a${blanks}\r!`, text: `b:${blanks}\r!` }),
      undefined,
    );
    const before = process.threadCpuUsage();
    readReceipt(headers, body, []);
    const { user, system } = process.threadCpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(1_000);
  });

  it.each([
    ['is signed by somebody else', {}, 'stranger'],
    ['is not signed', {}, undefined],
    ['is about another message', { originalMessageId: '<2@us>' }, 'them'],
  ] as const)('proves nothing when it %s', (_why, change, signer) => {
    const by = signer === 'them' ? them : signer === 'stranger' ? stranger : undefined;
    expect(verdictOn(change, by)).toMatchObject({ kind: 'ignored' });
  });

  it.each([
    ['holds the code of other bytes', { receivedContentMic: `${micsOf(Buffer.from('other')).sha256[0]}, sha-256` }],
    ['holds none', { receivedContentMic: undefined }],
    ['reports an error', { disposition: 'processed/error: authentication-failed' }],
    ['reports a failure', { disposition: 'failed/failure: unsupported MIC-algorithms' }],
  ])('is a refusal when it %s', (_why, change) => {
    expect(verdictOn(change, them)).toMatchObject({ kind: 'refused' });
  });

  it('says in our words what it said, also where it proves nothing', () => {
    expect(verdictOn({ disposition: 'processed/error: unknown-trading-partner' })).toEqual({
      kind: 'ignored',
      why: 'the receipt is not signed; it says processed/error: unknown-trading-partner',
    });
    expect(verdictOn({ receivedContentMic: 'Zm9v, md5' }, them)).toEqual({
      kind: 'refused',
      why: 'their receipt has no code that we can compare',
    });
  });

  it('over SHA-1 is believed only where weak algorithms are read', () => {
    const { headers, body } = writeReceipt(content(), { key: them, digest: 'sha1' });
    expect(readReceipt(headers, body, [them.certificate])).toMatchObject({ isSigned: true });
    expect(readReceipt(headers, body, [them.certificate], false)).toBeUndefined();
  });

  it('is told from a message', () => {
    expect(
      isReceipt(
        new Map([['content-type', 'multipart/signed; boundary=b']]),
        Buffer.from('--b\r\nContent-Type: application/edi-x12\r\n\r\n\r\n--b\r\n\r\n\r\n--b--'),
      ),
    ).toBe(false);
    expect(isReceipt(new Map([['content-type', 'application/pkcs7-mime']]), Buffer.alloc(0))).toBe(false);
    expect(isReceipt(new Map([['content-type', 'multipart/signed']]), Buffer.from('x'))).toBe(false);
  });
});
