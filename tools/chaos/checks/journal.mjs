import { COUNTED } from '../tally/counted.mjs';

/** What one cause may lead one writer to only once, about one thing. */
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
const FAULTS_KEPT = 1_000;

/**
 * What stands in the topics, taken down record by record as they are read: counts, the order of every stream and what
 * happened to every order. It keeps what the judge needs of a record and forgets the rest.
 */
export class Journal {
  /** Records read, and how many of them stood in their topic before. */
  records = 0;
  twice = 0;
  /** Different events by type. */
  counts = new Map();
  /** What happened to each order, by order id. */
  lives = new Map();
  /** Order ids by PO number: of every order that was captured. */
  ordersByPo = new Map();
  /** How often each event type that the tally counts came for each key: `type key`. */
  counted = new Map();
  /** Dead letters as they were announced: `event id consumer`. */
  deadLetters = new Set();
  inversions = 0;
  faults = [];
  #streams = new Map();
  #seen = new Set();
  #reactions = new Set();

  count(type) {
    return this.counts.get(`${type}.v1`) ?? 0;
  }

  /** Takes a record down. True when its event was not known before. */
  take(record) {
    if (record.deadFor !== undefined) {
      this.deadLetters.add(`${record.id} ${record.deadFor}`);
      return false;
    }
    if (record.isPoison) return false;
    this.records += 1;
    this.#inStream(record);
    if (this.#seen.has(record.id)) {
      this.twice += 1;
      return false;
    }
    this.#seen.add(record.id);
    if (record.data === undefined)
      return this.#fault(
        `unexpected: ${record.type} ${record.id} from ${record.source} does not match its committed schema`,
      );
    add(this.counts, record.type);
    if (COUNTED.includes(record.type)) add(this.counted, `${record.type} ${record.key}`);
    this.#reacted(record);
    this.#lived(record);
    return true;
  }

  /** Numbers that never came although later ones of their stream did. */
  gaps() {
    const found = [];
    for (const [name, ids] of this.#streams)
      for (let at = 0; at < ids.length; at++)
        if (ids[at] === undefined) found.push(`lost: ${name} has no number ${at + 1}`);
    return found;
  }

  /** Per writer, topic and key the numbers first appear as 1, 2, 3 …, and each number is one event. */
  #inStream({ source, topic, key, seq, id }) {
    const name = `${source} ${topic} ${key}`;
    let ids = this.#streams.get(name);
    if (ids === undefined) this.#streams.set(name, (ids = []));
    if (!(seq >= 1)) this.#fault(`order: ${name} has an event without a number`);
    else if (seq === ids.length + 1) ids.push(id);
    else if (seq > ids.length) {
      this.inversions += 1;
      this.#fault(`order: ${name} jumps from ${ids.length} to ${seq}`);
      ids.length = seq - 1;
      ids.push(id);
    } else if (ids[seq - 1] === undefined) ids[seq - 1] = id;
    else if (ids[seq - 1] !== id) this.#fault(`order: ${name} has two events numbered ${seq}`);
  }

  /** One event led one writer to one event of a kind about one thing. */
  #reacted({ type, cause, source, data }) {
    if (!ONCE.has(type) || cause === undefined) return;
    const thing = data.shipmentId ?? data.invoiceId ?? data.paymentId ?? data.orderId;
    const name = `${source} to ${cause} with ${type} about ${thing}`;
    if (this.#reactions.has(name)) this.#fault(`duplicate: ${name} more than once`);
    this.#reactions.add(name);
  }

  #lived({ type, key, data }) {
    if (type === 'order.captured.v1') {
      const po = data.purchaseOrderNumber;
      const known = this.ordersByPo.get(po);
      if (known === undefined) this.ordersByPo.set(po, [key]);
      else known.push(key);
    }
    const note = NOTES[type];
    if (note === undefined) return;
    let life = this.lives.get(key);
    if (life === undefined) this.lives.set(key, (life = newLife()));
    add(life.events, type);
    note(life, data);
  }

  #fault(text) {
    if (this.faults.length < FAULTS_KEPT) this.faults.push(text);
    return false;
  }
}

function add(counts, name, by = 1) {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

const newLife = () => ({
  events: new Map(),
  requested: new Map(),
  dispatched: new Map(),
  invoiced: new Map(),
  paid: new Map(),
  gross: 0,
  applied: 0,
  /** Shipped by line, invoiced by line. */
  shipped: new Map(),
});

/** What is remembered of each event of an order. */
const NOTES = {
  'order.captured.v1': () => {},
  'order.validated.v1': () => {},
  'order.rejected.v1': () => {},
  'order.fulfilled.v1': () => {},
  'order.settled.v1': () => {},
  'hold.placed.v1': () => {},
  'shipment.requested.v1': (life, { shipmentId }) => add(life.requested, shipmentId),
  'shipment.dispatched.v1': (life, { shipmentId, lines }) => {
    add(life.dispatched, shipmentId);
    for (const { lineId, quantity } of lines) add(life.shipped, lineId, Number(quantity));
  },
  'invoice.issued.v1': (life, { shipmentId, gross }) => {
    add(life.invoiced, shipmentId);
    life.gross += gross.minor;
  },
  'invoice.paid.v1': (life, { invoiceId }) => add(life.paid, invoiceId),
  'payment.applied.v1': (life, { amount }) => {
    life.applied += amount.minor;
  },
};
