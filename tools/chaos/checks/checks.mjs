/*
 * The judge. It shares no code with the services: after everything has come to rest it looks at what was taken down from the
 * topics, at tables, files and the outside parties' own books, and says what is wrong in sentences. The word before the colon
 * is the kind of fault, which the report counts.
 */

/** Every order that was accepted was captured once and has the fate it was meant to have; nothing appears that nobody sent. */
export function oneFate(journal, orders) {
  const found = [];
  for (const [po, order] of orders) {
    const captured = journal.ordersByPo.get(po) ?? [];
    if (order.intent === 'malformed' || order.intent === 'forged') {
      if (captured.length > 0) found.push(`unexpected: ${po} was captured although it is ${order.intent}`);
      continue;
    }
    if (order.accepted === undefined) continue;
    if (captured.length === 0) found.push(`accepted: ${po} was accepted by ${order.channel} and never captured`);
    if (captured.length > 1) found.push(`duplicate: ${po} was captured ${captured.length} times`);
    if (captured.length === 1) found.push(...verdict(order, journal.lives.get(captured[0])));
  }
  for (const po of journal.ordersByPo.keys())
    if (!orders.has(po)) found.push(`unexpected: ${po} was captured and nobody sent it`);
  return found;
}

function verdict({ po, intent }, { events }) {
  const [validated, rejected] = [events.get('order.validated.v1') ?? 0, events.get('order.rejected.v1') ?? 0];
  if (events.has('hold.placed.v1')) return [`fate: ${po} waits for a person`];
  if (validated + rejected === 0) return [`lost: ${po} was never judged`];
  if (validated + rejected > 1) return [`duplicate: ${po} was judged ${validated + rejected} times`];
  if ((intent === 'sells') !== (validated === 1)) return [`fate: ${po} was ${validated ? 'validated' : 'rejected'}`];
  return [];
}

/** Each sold order was shipped whole, invoiced once per shipment for what was ordered, paid and settled once. */
export function oneEffect(journal, orders) {
  const found = [];
  for (const [po, order] of orders) {
    if (order.intent !== 'sells') continue;
    for (const id of journal.ordersByPo.get(po) ?? [])
      for (const what of lifeOf(order, journal.lives.get(id)))
        found.push(`${what.startsWith('no ') ? 'lost' : 'duplicate'}: ${po} ${what}`);
  }
  return found;
}

/** What is wrong with the life of one order that was sold. */
function lifeOf(order, life) {
  const found = [];
  for (const type of ['order.fulfilled', 'order.settled']) {
    const count = life.events.get(`${type}.v1`) ?? 0;
    if (count === 0) found.push(`no ${type}`);
    if (count > 1) found.push(`${type} ${count} times`);
  }
  const steps = {
    'shipment.requested': life.requested,
    'shipment.dispatched': life.dispatched,
    'invoice.issued': life.invoiced,
    'invoice.paid': life.paid,
  };
  for (const [type, counts] of Object.entries(steps)) {
    if (counts.size === 0) found.push(`no ${type}`);
    for (const [thing, count] of counts) if (count > 1) found.push(`${type} ${count} times about ${thing}`);
  }
  if (life.gross !== order.expectedGrossMinor)
    found.push(
      `${life.gross < order.expectedGrossMinor ? 'no full invoice: ' : ''}invoiced ${life.gross} instead of ${order.expectedGrossMinor} cents`,
    );
  if (life.applied !== life.gross)
    found.push(`${life.applied < life.gross ? 'no full payment: ' : ''}${life.applied} of ${life.gross} cents applied`);
  const shipped = [...life.shipped.values()].reduce((sum, quantity) => sum + quantity, 0);
  const ordered = order.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  if (shipped !== ordered)
    found.push(`${shipped < ordered ? 'no full shipment: ' : ''}shipped ${shipped} of ${ordered}`);
  return found;
}

/** A handler that is not idempotent was called once for every event. */
export function countedOnce(journal, tally) {
  const names = new Set([...journal.counted.keys(), ...tally.keys()]);
  return [...names].flatMap((name) => {
    const [is, should] = [tally.get(name) ?? 0, journal.counted.get(name) ?? 0];
    if (is === should) return [];
    return [`${is < should ? 'lost' : 'duplicate'}: ${name} took effect ${is} times instead of ${should}`];
  });
}

/** Tables and topics tell the same story. */
export function tablesAgree(journal, totals, money, orders) {
  const units = [...orders.values()]
    .filter(({ intent }) => intent === 'sells')
    .flatMap(({ lines }) => lines)
    .reduce((sum, { quantity }) => sum + quantity, 0);
  const pairs = [
    ['orders judged', totals.judged, journal.count('order.validated') + journal.count('order.rejected')],
    ['orders in fulfillment', totals.fulfilling, journal.count('order.validated')],
    ['shipments dispatched', totals.dispatched, journal.count('shipment.dispatched')],
    ['invoices', money.invoices, journal.count('invoice.issued')],
    ['payments', totals.payments, journal.count('invoice.issued')],
    ['units shipped', totals.shipped, units],
    ['units still promised', totals.allocated, 0],
    ['cents unapplied', totals.unapplied, 0],
    ['cents open', money.open, 0],
    ['cents the ledger is off', money.total, 0],
    ['deliveries that failed for good', totals.failedDeliveries, 0],
  ];
  return pairs
    .filter(([, is, should]) => is !== should)
    .map(([what, is, should]) => `tables: ${what}: ${is} instead of ${should}`);
}

/** The order file at the gateway has the same end for everybody. */
export function filesAgree(is, orders) {
  const count = (intent) => [...orders.values()].filter((order) => order.intent === intent).length;
  const should = { settled: count('sells'), rejected: count('rejects') };
  return Object.keys({ ...is, ...should })
    .filter((status) => (is[status] ?? 0) !== (should[status] ?? 0))
    .map((status) => `order files: ${is[status] ?? 0} are ${status} instead of ${should[status] ?? 0}`);
}

/** Each order by 850 was answered with one document of each kind. */
export function documentsSent(orders) {
  const found = [];
  for (const { po, channel, intent, documents } of orders.values()) {
    if (channel !== 'edi' && channel !== 'folder') continue;
    const wanted = { sells: ['855', '856', '810'], rejects: ['855'] }[intent] ?? [];
    for (const kind of ['855', '856', '810']) {
      const [is, should] = [documents.get(kind) ?? 0, wanted.includes(kind) ? 1 : 0];
      if (is !== should) found.push(`${is < should ? 'lost' : 'duplicate'}: ${is} times ${kind} about ${po}`);
    }
  }
  return found;
}

/** The ERP holds each validated order once, and nothing else. Its books are counts by our reference. */
export function heldByErp(erp, journal, orders) {
  const found = [];
  for (const [reference, count] of erp)
    if (count > 1) found.push(`duplicate: the ERP holds ${reference} ${count} times`);
  const sold = [...orders.values()].filter(({ po, intent }) => intent === 'sells' && journal.ordersByPo.has(po)).length;
  if (erp.size !== sold)
    found.push(`${erp.size < sold ? 'lost' : 'unexpected'}: the ERP holds ${erp.size} orders instead of ${sold}`);
  return found;
}

/**
 * Every input was answered as it deserves: good ones in the end with 2xx, bad ones with a refusal, and on the way nothing but a
 * cut connection or "come again" that says when.
 */
export function answers(orders, reports) {
  const found = [];
  for (const [po, order] of orders) {
    const isGood = order.intent === 'sells' || order.intent === 'rejects';
    if (isGood && order.accepted === undefined)
      found.push(`refused: ${po} by ${order.channel} was not taken: ${JSON.stringify(order.refused)}`);
    if (order.intent === 'forged' && order.accepted !== undefined)
      found.push(`forged: ${po} by ${order.channel} was accepted`);
    found.push(...badAnswers(po, order));
  }
  for (const [key, report] of reports) {
    if (report.refused !== undefined && !key.includes('forged'))
      found.push(`refused: the report ${key} about ${report.po}: ${JSON.stringify(report.refused)}`);
    found.push(...badAnswers(key, report));
  }
  return found;
}

function badAnswers(what, { attempts = [], copies = [] }) {
  const all = [...attempts, ...copies.flatMap((copy) => copy.attempts)];
  return all
    .filter(({ outcome, saidWhen }) => outcome >= 500 && outcome < 600 && saidWhen !== true)
    .map(({ outcome }) => `answer: ${what} was answered ${outcome} without saying when to come again`);
}
