import { describe, expect, it } from '@jest/globals';
import { PositiveDecimal } from '@railhead/contracts';
import { readInterchanges, writeInterchange, type SegmentValues, type TransactionSet } from '@railhead/x12';
import fc from 'fast-check';
import { Partner } from '../partners/partner.js';
import type { Arrival } from './purchase-order.mapper.js';
import { readMessage } from './set-readers.js';

const SIDES = { them: { qualifier: 'ZZ', id: 'THEM' }, us: { qualifier: 'ZZ', id: 'US' } };
const arrivalFrom = (role: Partner['role']): Arrival => ({
  partner: Partner.parse({
    name: 'them',
    accountId: 'THEM',
    role,
    ...(role === 'warehouse' && { warehouse: 'MAIN' }),
    ...SIDES,
  }),
  documentId: 'document',
  receivedAt: '2026-02-03T10:00:00.000Z',
  rawSha256: '0'.repeat(64),
});

function setOf(code: string, segments: readonly SegmentValues[]): TransactionSet {
  const stamp = { date: '20260203', time: '1015', controlNumber: '1' };
  const ids = { senderQualifier: 'ZZ', senderId: 'THEM', receiverQualifier: 'ZZ', receiverId: 'US' };
  const group = {
    functionalId: 'PC',
    senderCode: 'THEM',
    receiverCode: 'US',
    ...stamp,
    sets: [{ code, controlNumber: '0001', segments }],
  };
  const bytes = writeInterchange(
    { ...ids, ...stamp, date: '260203', usage: 'P', groups: [group] },
    { forbidden: 'substitute' },
  );
  return [...readInterchanges(bytes)].find((unit): unit is TransactionSet => unit.kind === 'set')!;
}

/** The sets we take, who may send them, and the segments that matter in them. */
const SETS = {
  '860': ['customer', ['BCH', 'POC', 'DTM', 'SCH', 'CTT']],
  '820': ['customer', ['BPR', 'TRN', 'CUR', 'RMR', 'ADX']],
  '824': ['customer', ['BGN', 'OTI', 'TED']],
  '945': ['warehouse', ['W06', 'N9', 'G62', 'W27', 'LX', 'MAN', 'W12', 'W03']],
  '944': ['warehouse', ['W17', 'N1', 'W07', 'N9']],
  '846': ['warehouse', ['BIA', 'N1', 'LIN', 'QTY']],
  '214': ['carrier', ['B10', 'L11', 'LX', 'AT7', 'MS1']],
} as const;

const value = fc.oneof(
  fc.constantFrom(
    '',
    '0',
    '-1',
    '12.5',
    '1e5',
    '999999999999999999',
    '.',
    '20260203',
    '20261399',
    '2561',
    'VN',
    'RH-1',
    'GM',
    '17',
    'D1',
    'AI',
    'QD',
    '04',
    'XXX',
    ...['constructor', 'toString', '__proto__'],
  ),
  fc.string({ maxLength: 8 }),
);

/** Quantities and prices, wherever they stand. */
function numbersIn(read: unknown): unknown[] {
  if (read === null || typeof read !== 'object') return [];
  return Object.entries(read).flatMap(([name, inner]) =>
    ['quantity', 'price', 'unitPrice'].includes(name) && inner !== undefined ? [inner] : numbersIn(inner),
  );
}

describe('whatever a set holds', () => {
  it.each(Object.entries(SETS))('an X12 %s becomes a message, or is refused with its faults', (code, [role, ids]) => {
    const segment = fc
      .tuple(fc.constantFrom(...ids), fc.array(value, { maxLength: 12 }))
      .map(([id, values]): SegmentValues => [id, ...values]);
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 12 }), (segments) => {
        const read = readMessage(setOf(code, [[ids[0], '04'], ...segments]), arrivalFrom(role));
        expect(read).toBeDefined();
        if (read?.ok === false) expect(read.issues.length).toBeGreaterThan(0);
        else
          for (const number of numbersIn(read?.message.message))
            expect(PositiveDecimal.safeParse(number).success).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('is not taken from a partner of another kind', () => {
    for (const [code, [role]] of Object.entries(SETS).filter(([name]) => name !== '824'))
      expect(readMessage(setOf(code, []), arrivalFrom(role === 'customer' ? 'warehouse' : 'customer'))).toBeUndefined();
  });

  it('is the same message when it comes again in another envelope, and another when a value differs', () => {
    const hashOf = (...segments: SegmentValues[]) => {
      const read = readMessage(setOf('860', segments), arrivalFrom('customer'));
      return read?.ok === true ? read.message.contentHash : undefined;
    };
    const poc = ['POC', '10', 'DI', '1', '0', 'EA'] as const;
    const bch = (po: string) => ['BCH', '04', 'SA', po, undefined, '1', '20260203'] as const;
    expect(hashOf(bch('PO-1'), poc)).toBe(hashOf(bch('PO-1'), poc));
    expect(hashOf(bch('PO-1'), poc)).not.toBe(hashOf(bch('PO-2'), poc));
  });
});
