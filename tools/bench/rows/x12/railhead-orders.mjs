// 850 bytes to canonical orders, as the EDI door does it: reader, syntax check, mapper, canonical schema.
import { createHash } from 'node:crypto';
import { InterchangeReader, readInterchanges } from '@railhead/x12';

// Doors do not export their mapper: it is theirs alone.
const connector = new URL('../../../../apps/edi-connector/dist/', import.meta.url);
const { examine } = await import(new URL('door/set-reader.js', connector).href);
const { Partner } = await import(new URL('partners/partner.js', connector).href);

/** A trading partner with every default. */
export function partnerOf(settings) {
  return Partner.parse(settings);
}

function arrivalOf(partner, bytes) {
  return {
    partner,
    documentId: '01890000-0000-7000-8000-000000000000',
    receivedAt: new Date().toISOString(),
    rawSha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

const fits = () => true;

function orderOf(unit, arrival) {
  if (unit.kind !== 'set') return undefined;
  const { set, order } = examine(unit, arrival, fits);
  if (order === undefined) throw new Error(`no order: ${JSON.stringify(set.issues)}`);
  return order.order;
}

/** The orders of a document. @throws Error when one of its sets is no order. */
export function* ordersIn(bytes, partner) {
  const arrival = arrivalOf(partner, bytes);
  for (const unit of readInterchanges(bytes)) {
    const order = orderOf(unit, arrival);
    if (order !== undefined) yield order;
  }
}

/** Sets from chunks, of which only the current one is held; each `every`th becomes an order. */
export function* setsInChunks(chunks, partner, every) {
  const arrival = arrivalOf(partner, Buffer.alloc(0));
  const reader = new InterchangeReader();
  let sets = 0;
  const taken = function* (units) {
    for (const unit of units) {
      if (unit.kind !== 'set') continue;
      sets += 1;
      yield sets % every === 0 ? orderOf(unit, arrival) : undefined;
    }
  };
  for (const chunk of chunks) yield* taken(reader.push(chunk));
  yield* taken(reader.end());
}
