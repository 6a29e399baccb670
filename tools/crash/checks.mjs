import { expectedGross } from './documents.mjs';
import { COUNTED } from './tally/counted.mjs';

/*
 * The judge. It shares no code with the services: it looks at topics, tables and files from outside, after everything has
 * come to rest, and says what is wrong in sentences.
 */

/** Different events, by id; what stands in a topic twice counts once. */
function eventsIn(records) {
  const byId = new Map();
  for (const record of records) if (!byId.has(record.id)) byId.set(record.id, record);
  return [...byId.values()];
}

function group(items, keyOf) {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

/** Each writer's events about one key appear first in the order 1, 2, 3 …, none missing, and a number is one event. */
export function orderKept(records) {
  const found = [];
  const streams = new Map();
  for (const { source, topic, key, seq, id } of records) {
    const name = `${source} ${topic} ${key}`;
    const ids = streams.get(name) ?? [];
    streams.set(name, ids);
    if (seq === ids.length + 1) ids.push(id);
    else if (!(seq >= 1 && seq <= ids.length)) found.push(`order: ${name} jumps from ${ids.length} to ${seq}`);
    else if (ids[seq - 1] !== id) found.push(`order: ${name} has two events numbered ${seq}`);
  }
  return found;
}

/** Every accepted order was captured once and has one fate, and nothing was captured that nobody sent. */
export function oneFate(records, accepted, attempted) {
  const found = [];
  const events = eventsIn(records);
  const captured = group(
    events.filter(({ type }) => type === 'order.captured.v1'),
    ({ data }) => data.purchaseOrderNumber,
  );
  const verdicts = group(
    events.filter(({ type }) => type === 'order.validated.v1' || type === 'order.rejected.v1'),
    ({ key }) => key,
  );
  for (const [po, order] of accepted) {
    const copies = captured.get(po) ?? [];
    if (copies.length === 0) found.push(`lost: ${po} was accepted and never captured`);
    if (copies.length > 1) found.push(`duplicate: ${po} was captured ${copies.length} times`);
    const fates = copies.length === 0 ? [] : (verdicts.get(copies[0].key) ?? []);
    if (copies.length > 0 && fates.length !== 1) found.push(`fate: ${po} has ${fates.length} verdicts`);
    const wanted = order.sells ? 'order.validated.v1' : 'order.rejected.v1';
    if (fates.length === 1 && fates[0].type !== wanted)
      found.push(`fate: ${po} got ${fates[0].type} instead of ${wanted}`);
  }
  for (const po of captured.keys())
    if (!attempted.has(po)) found.push(`unexpected: ${po} was captured and nobody sent it`);
  return found;
}

/** Each sold order was shipped whole, invoiced once per shipment for what was ordered, paid and settled once. */
export function oneEffect(records, accepted) {
  const found = [];
  const byOrder = group(eventsIn(records), ({ key }) => key);
  const captured = eventsIn(records).filter(({ type }) => type === 'order.captured.v1');
  for (const { key, data } of captured) {
    const order = accepted.get(data.purchaseOrderNumber);
    if (order === undefined || !order.sells) continue;
    found.push(
      ...lifeOf(order, byOrder.get(key) ?? []).map(
        (what) => `${what.startsWith('no ') ? 'lost' : 'duplicate'}: ${order.po} ${what}`,
      ),
    );
  }
  return found;
}

/** What is wrong with the life of one order that was sold. */
function lifeOf(order, events) {
  const found = [];
  const of = (type) => events.filter((event) => event.type === `${type}.v1`);
  const once = (type) => {
    const count = of(type).length;
    if (count === 0) found.push(`no ${type}`);
    if (count > 1) found.push(`${type} ${count} times`);
  };
  for (const type of ['order.fulfilled', 'order.settled']) once(type);
  for (const type of ['shipment.requested', 'shipment.dispatched', 'invoice.issued']) {
    if (of(type).length === 0) found.push(`no ${type}`);
    for (const [shipment, same] of group(of(type), ({ data }) => data.shipmentId))
      if (same.length > 1) found.push(`${type} ${same.length} times for shipment ${shipment}`);
  }
  for (const [invoice, same] of group(of('invoice.paid'), ({ data }) => data.invoiceId))
    if (same.length > 1) found.push(`invoice.paid ${same.length} times for ${invoice}`);
  const gross = of('invoice.issued').reduce((sum, { data }) => sum + data.gross.minor, 0);
  const paid = of('payment.applied').reduce((sum, { data }) => sum + data.amount.minor, 0);
  if (gross !== expectedGross(order)) found.push(`invoiced ${gross} instead of ${expectedGross(order)} cents`);
  if (paid !== gross) found.push(`${paid} of ${gross} cents applied`);
  const shipped = of('shipment.dispatched').flatMap(({ data }) => data.lines);
  order.lines.forEach((line, at) => {
    const quantity = shipped
      .filter(({ lineId }) => lineId === String(at + 1))
      .reduce((sum, one) => sum + Number(one.quantity), 0);
    if (quantity !== line.quantity) found.push(`line ${at + 1} shipped ${quantity} of ${line.quantity}`);
  });
  return found;
}

/** One event led one writer to one event of a kind about one thing: it was reacted to once. */
export function reactedOnce(records) {
  const ONCE = new Set([
    'order.validated.v1',
    'order.rejected.v1',
    'order.fulfilled.v1',
    'order.settled.v1',
    'shipment.requested.v1',
    'shipment.dispatched.v1',
    'invoice.issued.v1',
    'invoice.paid.v1',
    'payment.applied.v1',
    'payment.unmatched.v1',
  ]);
  const reactions = eventsIn(records).filter(({ type, cause }) => ONCE.has(type) && cause !== undefined);
  const thing = ({ data }) => data.shipmentId ?? data.invoiceId ?? data.paymentId ?? data.orderId;
  const found = [];
  for (const [name, same] of group(
    reactions,
    (event) => `${event.source} to ${event.cause} with ${event.type} about ${thing(event)}`,
  )) {
    if (same.length > 1) found.push(`duplicate: ${name}, ${same.length} times`);
  }
  return found;
}

/** A handler that is not idempotent was called once for every event. */
export function countedOnce(records, tally) {
  const wanted = group(
    eventsIn(records).filter(({ type }) => COUNTED.includes(type)),
    ({ type, key }) => `${type} ${key}`,
  );
  const names = new Set([...wanted.keys(), ...tally.keys()]);
  return [...names].flatMap((name) => {
    const [is, should] = [tally.get(name) ?? 0, wanted.get(name)?.length ?? 0];
    if (is === should) return [];
    return [`${is < should ? 'lost' : 'duplicate'}: ${name} took effect ${is} times instead of ${should}`];
  });
}

/** Tables and topics tell the same story. */
export function tablesAgree(records, totals, money, orders) {
  const events = eventsIn(records);
  const count = (type) => events.filter((event) => event.type === `${type}.v1`).length;
  const units = orders
    .filter(({ sells }) => sells)
    .flatMap(({ lines }) => lines)
    .reduce((sum, { quantity }) => sum + quantity, 0);
  const pairs = [
    ['orders judged', totals.judged, count('order.validated') + count('order.rejected')],
    ['orders in fulfillment', totals.fulfilling, count('order.validated')],
    ['shipments dispatched', totals.dispatched, count('shipment.dispatched')],
    ['invoices', money.invoices, count('invoice.issued')],
    ['payments', totals.payments, count('invoice.issued')],
    ['units shipped', totals.shipped.reduce((sum, { quantity }) => sum + quantity, 0), units],
    ['units still promised', totals.allocated, 0],
    ['cents unapplied', totals.unapplied, 0],
    ['cents open', money.open, 0],
    ['cents the ledger is off', money.total, 0],
  ];
  return pairs
    .filter(([, is, should]) => is !== should)
    .map(([what, is, should]) => `tables: ${what}: ${is} instead of ${should}`);
}

/** The order file at the gateway has the same end for everybody. */
export function filesAgree(is, orders) {
  const should = {
    settled: orders.filter(({ sells }) => sells).length,
    rejected: orders.filter(({ sells }) => !sells).length,
  };
  return Object.keys({ ...is, ...should })
    .filter((status) => (is[status] ?? 0) !== (should[status] ?? 0))
    .map((status) => `order files: ${is[status] ?? 0} are ${status} instead of ${should[status] ?? 0}`);
}

/** Each order by 850 was answered with one file of each kind. */
export function documentsSent(files, orders) {
  const found = [];
  const places = orders.filter(({ channel }) => channel === 'edi');
  const texts = group(files, ({ kind, po }) => `${kind} ${po}`);
  for (const { po, sells } of places) {
    for (const kind of sells ? ['855', '856', '810'] : ['855']) {
      const count = (texts.get(`${kind} ${po}`) ?? []).length;
      if (count !== 1) found.push(`${count === 0 ? 'lost' : 'duplicate'}: ${count} times ${kind} about ${po}`);
    }
  }
  return found;
}
