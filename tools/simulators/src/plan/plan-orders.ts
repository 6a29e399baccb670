import { dice, hashOf, victims } from './dice.js';
import { completeFaults, type Faults } from './faults.js';
import { expectedGross, GHOST, PRICES, type PlannedLine } from './goods.js';
import { CHANNELS, type Aftermath, type Channel, type Copy, type Flaw, type PlannedOrder } from './planned-order.js';

/** What a plan is made of. The same options give the same plan. */
export interface PlanOptions {
  readonly orders: number;
  readonly seed: number;
  readonly faults?: Partial<Faults>;
  readonly channels?: readonly Channel[];
  /** Orders per second; default 50. */
  readonly rate?: number;
  /** Begins every PO number; two runs against one installation need two names. Default: made from the seed. At most 15 characters. */
  readonly run?: string;
}

const ACCOUNTS: Record<Channel, string> = {
  edi: 'ACME',
  folder: 'ACME',
  shopify: 'SHOP',
  salesforce: 'GLOBEX',
  json: 'GLOBEX',
};
const FLAWS: Record<Channel, readonly Flaw[]> = {
  edi: ['segment-count', 'line-count', 'cut-off'],
  folder: ['segment-count', 'line-count'],
  shopify: ['broken-json', 'no-sku'],
  salesforce: ['cut-off-xml'],
  json: ['broken-json', 'unknown-field'],
};
const DELAY_MS = 2_000;
const SLOW_MS = 400;
/** How many orders overtake one that is held back. */
const OVERTAKEN_BY = 20;

/** Decides all that will be sent and what will go wrong with it. Pure. */
export function planOrders(options: PlanOptions): readonly PlannedOrder[] {
  const { orders, seed, channels = CHANNELS, rate = 50, run = `S${seed.toString(36).toUpperCase()}` } = options;
  if (run.length > 15) throw new RangeError(`the name of a run has at most 15 characters, not ${run.length}: ${run}`);
  const faults = completeFaults(options.faults);
  const all = Array.from({ length: orders }, (_, n) => n);
  const channelOf = (n: number): Channel => channels[n % channels.length]!;
  const hit = (name: string, share: number, among: readonly number[] = all): ReadonlySet<number> =>
    victims(seed, name, among, share);

  const malformed = hit('malformed', faults.malformed);
  const wellFormed = all.filter((n) => !malformed.has(n));
  // A folder has no key: whoever can write to it is the partner.
  const forged = shareOfAll(
    seed,
    'forged',
    all,
    wellFormed.filter((n) => channelOf(n) !== 'folder'),
    faults.wrongSignature,
  );
  const honest = wellFormed.filter((n) => !forged.has(n));
  const ghosts = hit('unknown goods', faults.unknownGoods, honest);
  const twice = hit('duplicates', faults.duplicates, honest);
  const late = hit('delay', faults.delay);
  const heldBack = hit('reorder', faults.reorder);
  const slow = hit('slow', faults.slow);
  const aftermath = aftermaths(seed, faults, all);
  const firstControl = 1 + (hashOf(`control|${run}|${seed}`) % 390_000_000);

  return all.map((n) => {
    const random = dice(hashOf(`${seed}|order|${n}`));
    const channel = channelOf(n);
    const lines = linesOf(channel, ghosts.has(n), random);
    // Thrown for every order, so that one knob does not shift what another one does.
    const thrown = {
      flaw: random.pick(FLAWS[channel]),
      places: 1 + random.below(OVERTAKEN_BY),
      delayMs: 1 + random.below(DELAY_MS),
      slowMs: 50 + random.below(SLOW_MS),
      copy: copyOf(random),
    };
    const overtakenBy = heldBack.has(n) ? thrown.places : 0;
    const delayMs = late.has(n) ? thrown.delayMs : 0;
    return {
      n,
      po: `${run}-${n}`,
      channel,
      accountId: ACCOUNTS[channel],
      control: firstControl + n,
      lines,
      intent: malformed.has(n) ? 'malformed' : forged.has(n) ? 'forged' : ghosts.has(n) ? 'rejects' : 'sells',
      ...(malformed.has(n) && { flaw: thrown.flaw }),
      expectedGrossMinor: expectedGross(lines),
      atMs: Math.round(((n + overtakenBy) * 1000) / rate) + delayMs,
      overtakenBy,
      delayMs,
      copies: twice.has(n) ? [thrown.copy] : [],
      slowMs: slow.has(n) ? thrown.slowMs : 0,
      aftermath: aftermath(n),
    };
  });
}

/** The share counts of all orders, the victims come from those who can be hit. */
function shareOfAll(
  seed: number,
  name: string,
  all: readonly number[],
  candidates: readonly number[],
  share: number,
): ReadonlySet<number> {
  const wanted = Math.min(candidates.length, Math.ceil(all.length * share - 1e-9));
  return victims(seed, name, candidates, candidates.length === 0 ? 0 : wanted / candidates.length);
}

function linesOf(channel: Channel, isGhost: boolean, random: ReturnType<typeof dice>): PlannedLine[] {
  // Shops and CRMs know no fractions of a cent.
  const skus = Object.keys(PRICES).filter(
    (sku) => PRICES[sku]!.length <= 5 || !['shopify', 'salesforce'].includes(channel),
  );
  const first = random.below(skus.length);
  const lines = Array.from({ length: 1 + random.below(3) }, (_, at) => {
    const sku = skus[(first + at) % skus.length]!;
    return { sku, quantity: 1 + random.below(6), price: PRICES[sku]! };
  });
  return isGhost ? [{ ...lines[0]!, sku: GHOST }, ...lines.slice(1)] : lines;
}

function copyOf(random: ReturnType<typeof dice>): Copy {
  const kind = random.pick(['same', 'renewed'] as const);
  // Under new numbers only after the first was answered: which of two at once is the copy, nobody could say.
  return { kind, afterMs: kind === 'renewed' ? 1 + random.below(1_000) : random.pick([0, 1, 500]) };
}

function aftermaths(seed: number, faults: Faults, all: readonly number[]): (n: number) => Aftermath {
  const hit = (name: string, share: number): ReadonlySet<number> => victims(seed, name, all, share);
  const early = hit('early scan', faults.reorder);
  const reversed = hit('reversed scans', faults.reorder);
  const [confirmsTwice, scansTwice, paysTwice] = ['confirmations', 'scans', 'payments'].map((what) =>
    hit(`duplicate ${what}`, faults.duplicates),
  );
  const forged = hit('forged scan', faults.wrongSignature);
  const [lateConfirmation, lateScan, latePayment] = ['confirmations', 'scans', 'payments'].map((what) =>
    hit(`late ${what}`, faults.delay),
  );
  return (n) => {
    const random = dice(hashOf(`${seed}|aftermath|${n}`));
    const delay = (late: ReadonlySet<number> | undefined): number => {
      const ms = 1 + random.below(DELAY_MS); // thrown for every order, so that one knob does not shift another
      return late?.has(n) ? ms : 0;
    };
    return {
      scanBeforeConfirmation: early.has(n),
      lastScanFirst: reversed.has(n),
      confirmsTwice: confirmsTwice!.has(n),
      scansTwice: scansTwice!.has(n),
      paysTwice: paysTwice!.has(n),
      forgedScan: forged.has(n),
      confirmationDelayMs: delay(lateConfirmation),
      scanDelayMs: delay(lateScan),
      paymentDelayMs: delay(latePayment),
    };
  };
}
