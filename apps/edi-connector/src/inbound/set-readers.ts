import { codeTable } from '@railhead/connector-kit/code-table';
import { element, type TransactionSet } from '@railhead/x12';
import { createHash } from 'node:crypto';
import type { Partner } from '../partners/partner.js';
import { toApplicationAdvice } from './application-advice.mapper.js';
import { Faults } from './faults.js';
import type { ReadMessage, ReceivedMessage } from './message.js';
import { toOrderChange } from './order-change.mapper.js';
import type { Arrival } from './purchase-order.mapper.js';
import { toRemittance } from './remittance.mapper.js';
import { toShipmentStatus } from './shipment-status.mapper.js';
import { toShipmentAdvice } from './shipping-advice.mapper.js';
import { toStockCount, toStockReceipt } from './stock.mapper.js';

interface SetReader {
  readonly read: (set: TransactionSet, arrival: Arrival) => ReadMessage;
  /** Which kinds of partner may send it. */
  readonly from: readonly Partner['role'][];
}

/** The sets that are taken beside orders and acknowledgements. A new one is a mapper and a line here. */
const READERS = codeTable<string, SetReader>({
  '860': { read: toOrderChange, from: ['customer'] },
  '820': { read: toRemittance, from: ['customer'] },
  '824': { read: toApplicationAdvice, from: ['customer', 'warehouse', 'carrier'] },
  '945': { read: toShipmentAdvice, from: ['warehouse'] },
  '944': { read: toStockReceipt, from: ['warehouse'] },
  '846': { read: toStockCount, from: ['warehouse'] },
  '214': { read: toShipmentStatus, from: ['carrier', 'warehouse'] },
});

/** Reads a set as a message. `undefined`: this set is not taken from this partner. */
export function readMessage(
  set: TransactionSet,
  arrival: Arrival,
): { readonly ok: true; readonly message: ReceivedMessage } | Extract<ReadMessage, { ok: false }> | undefined {
  const reader = READERS[set.code];
  if (reader === undefined || !reader.from.includes(arrival.partner.role)) return undefined;
  const read = readSafely(reader, set, arrival);
  if (!read.ok) return read;
  const { documentId } = arrival;
  return {
    ok: true,
    message: { documentId, documentType: set.code, contentHash: contentHashOf(set), message: read.message },
  };
}

/** A number of X12 may have more digits than ours. */
function readSafely(reader: SetReader, set: TransactionSet, arrival: Arrival): ReadMessage {
  try {
    return reader.read(set, arrival);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const faults = new Faults(set.segments);
    faults.at(undefined, 1, `a value is out of range: ${error.message}`);
    return { ok: false, issues: faults.issues };
  }
}

function contentHashOf({ segments }: TransactionSet): string {
  const hash = createHash('sha256');
  for (const segment of segments) {
    if (segment.id === 'ST' || segment.id === 'SE') continue;
    hash.update(segment.id);
    for (let n = 1; n <= segment.elementCount; n += 1) hash.update(`\u001f${element(segment, n) ?? ''}`);
    hash.update('\u001e');
  }
  return hash.digest('hex');
}
