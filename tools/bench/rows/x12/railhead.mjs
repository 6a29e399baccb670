// Contestant: the product's reader and mapper, from bytes to orders that the canonical schema has checked.
import { readInterchanges } from '@railhead/x12';
import { answerQuestions } from '../../contestant.mjs';
import { residentMb } from '../../processor-time.mjs';
import { interchangeOf, PARTNER, singleOrder } from './interchanges.mjs';
import { ordersIn, partnerOf, setsInChunks } from './railhead-orders.mjs';

const partner = partnerOf(PARTNER);
const MB = 2 ** 20;
const LOOK_EVERY = 500;
const MAP_EVERY = 10;
let documents = [];

const sizeOf = (all) => all.reduce((total, { length }) => total + length, 0);

function readAll() {
  let orders = 0;
  for (const bytes of documents) for (const _order of ordersIn(bytes, partner)) orders += 1;
  return orders;
}

/** Reads and checks the syntax; no order is made. */
function readOnly() {
  let sets = 0;
  for (const bytes of documents) for (const { kind } of readInterchanges(bytes)) if (kind === 'set') sets += 1;
  return sets;
}

/** The least that bytes to canonical JSON can take: the same, and JSON of an order that cost nothing to make. */
function readAndWrite() {
  const [order] = ordersIn(singleOrder(0), partner);
  let [sets, characters] = [0, 0];
  for (const bytes of documents)
    for (const { kind } of readInterchanges(bytes)) {
      if (kind !== 'set') continue;
      sets += 1;
      characters += JSON.stringify(order).length;
    }
  if (characters < sets) throw new Error('no order was written');
  return sets;
}

/**
 * Streams a large interchange that exists nowhere as a whole, and looks how much memory the process takes meanwhile. All of
 * it is read and checked; of ten sets one becomes an order, or it would take several minutes.
 */
async function stream(megabytes) {
  const startMb = residentMb(process.pid);
  let [sets, highestMb] = [0, startMb];
  for (const _set of setsInChunks(interchangeOf(megabytes * MB), partner, MAP_EVERY)) {
    sets += 1;
    if (sets % LOOK_EVERY !== 0) continue;
    highestMb = Math.max(highestMb, residentMb(process.pid));
    await new Promise(setImmediate);
  }
  return { units: sets, megabytes, startMb, highestMb, growthMb: highestMb - startMb };
}

answerQuestions({
  start: () => ({}),
  large: ({ megabytes }) => {
    documents = [Buffer.concat([...interchangeOf(megabytes * MB)])];
    return { bytes: documents[0].length };
  },
  single: ({ count }) => {
    documents = Array.from({ length: count }, (_, index) => singleOrder(index));
    return { bytes: documents[0].length };
  },
  run: () => ({ units: readAll(), bytes: sizeOf(documents) }),
  read: () => ({ units: readOnly(), bytes: sizeOf(documents) }),
  limit: () => ({ units: readAndWrite(), bytes: sizeOf(documents) }),
  stream: ({ megabytes }) => stream(megabytes),
  stop: () => void setTimeout(() => process.exit(0), 50),
});
