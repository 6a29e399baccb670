import { dice } from '../random.mjs';
import { POISON_HEADER } from '../checks/topics.mjs';

/** Who reads each type of event that the rig poisons. A dead letter is due to every one of them, and to nobody else. */
export const READERS = {
  'order.captured.v1': { topic: 'orders', groups: ['gateway', 'validation', 'tally'] },
  'order.validated.v1': {
    topic: 'orders',
    groups: ['gateway', 'fulfillment', 'billing', 'edi-connector', 'erp-connector', 'tally'],
  },
  'shipment.dispatched.v1': {
    topic: 'shipments',
    groups: ['gateway', 'billing', 'carrier-connector', 'edi-connector', 'tally'],
  },
  'shipment.confirmed.v1': { topic: 'shipments', groups: ['gateway', 'fulfillment'] },
  'invoice.issued.v1': { topic: 'invoices', groups: ['gateway', 'edi-connector', 'tally'] },
  'payment.received.v1': { topic: 'payments', groups: ['gateway', 'billing'] },
};

const NOISE = (random, length) => Buffer.from(Array.from({ length }, () => random.below(256)));
const framed = (schemaId, rest) => {
  const head = Buffer.alloc(5);
  head.writeInt32BE(schemaId, 1);
  return Buffer.concat([head, rest]);
};

/** The ways in which a record can be impossible to handle. */
const KINDS = {
  noise: (random) => ({ value: Buffer.concat([Buffer.from([0xff]), NOISE(random, 40)]) }),
  empty: () => ({ value: null }),
  'unknown schema': (random) => ({ value: framed(1 + random.below(1000), NOISE(random, 60)) }),
  'no number': (random) => ({ value: NOISE(random, 20), without: 'rh_seq' }),
  'no writer': (random) => ({ value: NOISE(random, 20), without: 'ce_source' }),
};

/**
 * Decides which records nobody can handle will be written into which topics, each under a key of its own, so that none of
 * them holds up an order.
 *
 * @returns {{ at: number, kind: string, topic: string, groups: string[], message: object, id: string }[]} by time
 */
export function planPoison({ count, seed, overMs }) {
  const random = dice(seed ^ 0x5eed);
  const types = Object.keys(READERS);
  const kinds = Object.keys(KINDS);
  return Array.from({ length: count }, (_, n) => {
    const type = types[n % types.length];
    const kind = random.pick(kinds);
    const { value, without } = KINDS[kind](random);
    const id = uuidOf(random);
    const headers = {
      ce_specversion: '1.0',
      ce_id: id,
      ce_type: type,
      ce_source: 'chaos-rig',
      rh_seq: '1',
      [POISON_HEADER]: kind,
    };
    if (without !== undefined) delete headers[without];
    const at = Math.round((overMs * (n + random.next())) / count);
    return { at, kind, id, ...READERS[type], message: { key: uuidOf(random), value, headers } };
  });
}

function uuidOf(random) {
  const hex = NOISE(random, 16).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** Dead letters are exactly the injected ones, one for each group that reads them, in the tables as on the dead-letter topics. */
export function deadLettersAre(injected, parked, announced) {
  const wanted = new Set(injected.flatMap(({ id, groups }) => groups.map((group) => `${id} ${group}`)));
  const found = [];
  const dead = new Map();
  for (const { service, state, event_id: id, event_type: type, key, reason, last_error: error } of parked) {
    const name = `${id} ${service}`;
    if (!wanted.has(name))
      found.push(
        `${state === 'dead' ? 'dead' : 'rest'}: ${service} has set aside (${state}) ${type} of ${key}: ${reason} ${error}`,
      );
    else if (state !== 'dead') found.push(`lost: the dead letter ${name} is ${state}`);
    else dead.set(name, (dead.get(name) ?? 0) + 1);
  }
  for (const name of wanted) {
    if (!dead.has(name)) found.push(`lost: the poison ${name} left no dead letter`);
    if (dead.get(name) > 1) found.push(`duplicate: the poison ${name} left ${dead.get(name)} dead letters`);
    if (!announced.has(name)) found.push(`lost: the dead letter ${name} was not announced on its topic`);
  }
  for (const name of announced) if (!wanted.has(name)) found.push(`dead: ${name} was announced as a dead letter`);
  return found;
}
