import { setTimeout as pause } from 'node:timers/promises';
import { Books, type OrderEntry, type Sending } from './books.js';
import { OutsideWorld } from './outside-world.js';
import { ApiCustomer } from './parties/api-customer.js';
import type { Buyer } from './parties/buyer.js';
import { SalesOrg } from './parties/sales-org.js';
import { Shop } from './parties/shop.js';
import { TradingPartner } from './parties/trading-partner.js';
import { completeFaults, type Faults } from './plan/faults.js';
import { awayFor, planOutages, type Outage } from './plan/outages.js';
import { planOrders } from './plan/plan-orders.js';
import { CHANNELS, type Channel, type Copy, type PlannedOrder } from './plan/planned-order.js';
import { startParties, type Parties } from './start-parties.js';
import type { Facts, Target } from './target.js';

export interface SimulationOptions {
  readonly target: Target;
  readonly facts: Facts;
  readonly orders: number;
  /** Orders per second. */
  readonly rate: number;
  readonly seed: number;
  readonly faults?: Partial<Faults>;
  /** Default: all. */
  readonly channels?: readonly Channel[];
  /** Begins every PO number; see `planOrders`. */
  readonly run?: string;
  /** Parties that were started before the services; without them own ones are started. */
  readonly parties?: Parties;
  /** Told what a party could not do. */
  readonly say?: (line: string) => void;
}

/** How far a run is. Orders unless said otherwise. */
export interface Progress {
  readonly planned: number;
  readonly sent: number;
  readonly accepted: number;
  readonly refused: number;
  readonly settled: number;
  readonly rejected: number;
  /** Malformed and forged ones that were refused, and those for unknown goods that were rejected. */
  readonly refusedAsPlanned: number;
  /** Sent and not answered yet. */
  readonly unanswered: number;
  /** Confirmations, scans and payments that are under way. */
  readonly reports: number;
  /** Sales orders that the simulated ERP holds, also those of others. */
  readonly erpOrders: number;
  /** Tries that had to be repeated, of orders and their copies. */
  readonly repeats: number;
}

export interface Simulation {
  readonly plan: readonly PlannedOrder[];
  readonly outages: readonly Outage[];
  readonly books: Books;
  /** What the services need in their environment to reach the simulated parties. */
  readonly env: Readonly<Record<string, string>>;
  /** Sends the orders. Resolves when every order and every copy was answered; warehouse, carrier and payer go on until `stop`. */
  run(): Promise<void>;
  progress(): Progress;
  stop(): Promise<void>;
}

const PARTIES = ['trading-partner', 'shop', 'salesforce', 'customer', 'warehouse', 'carrier', 'payer', 'erp'] as const;

/** Plans a run and opens its parties; from now on warehouse, carrier and payer answer what they hear. */
export async function openSimulation(options: SimulationOptions): Promise<Simulation> {
  const { orders, seed, rate, channels = CHANNELS, run } = options;
  const faults = completeFaults(options.faults);
  const plan = planOrders({ orders, seed, rate, channels, faults, ...(run !== undefined && { run }) });
  const horizonMs = plan.reduce((last, { atMs }) => Math.max(last, atMs), 0);
  const outages = planOutages({ seed, share: faults.outage, horizonMs, parties: PARTIES });
  const own = options.parties === undefined ? await startParties({ seed, faults }) : undefined;
  return new RunningSimulation(options, plan, outages, options.parties ?? own!, own);
}

class RunningSimulation implements Simulation {
  readonly books = new Books();
  private readonly buyers: Record<Channel, Buyer>;
  private readonly world: OutsideWorld;
  private readonly stopped = new AbortController();
  private startedAt: number | undefined;

  constructor(
    options: SimulationOptions,
    readonly plan: readonly PlannedOrder[],
    readonly outages: readonly Outage[],
    private readonly parties: Parties,
    private readonly own: Parties | undefined,
  ) {
    const { target, facts, say = () => {} } = options;
    const present = (party: string) => () => this.present(party);
    const partner = new TradingPartner(target, this.books, present('trading-partner'), plan[0]?.control ?? 1);
    this.buyers = {
      edi: partner,
      folder: partner,
      shopify: new Shop(target, present('shop')),
      salesforce: new SalesOrg(target, parties.salesforce, present('salesforce')),
      json: new ApiCustomer(target, present('customer')),
    };
    const planned = new Map(plan.map((order) => [order.po, order]));
    const failed = (error: unknown): void => say(`a simulated party failed: ${String(error)}`);
    this.world = new OutsideWorld(target, this.books, planned, present, failed);
    facts.onFact((fact) => this.world.hear(fact));
  }

  get env(): Readonly<Record<string, string>> {
    return this.parties.env;
  }

  async run(): Promise<void> {
    this.startedAt = performance.now();
    const absences = this.keepAway();
    await Promise.all(this.plan.map((order) => this.order(order)));
    await absences;
  }

  progress(): Progress {
    const entries = [...this.books.orders.values()];
    const count = (holds: (entry: OrderEntry) => boolean): number => entries.filter(holds).length;
    return {
      planned: this.plan.length,
      sent: entries.length,
      accepted: count(({ accepted }) => accepted !== undefined),
      refused: count(({ refused }) => refused !== undefined),
      settled: count(({ settledAt }) => settledAt !== undefined),
      rejected: count(({ rejectedAt }) => rejectedAt !== undefined),
      refusedAsPlanned: count(isRefusedAsPlanned),
      unanswered: count(({ accepted, refused }) => accepted === undefined && refused === undefined),
      reports: this.world.busy,
      erpOrders: this.parties.erp?.book.all.length ?? 0,
      repeats: entries.reduce(
        (sum, entry) => sum + repeatsOf(entry) + entry.copies.reduce((all, copy) => all + repeatsOf(copy), 0),
        0,
      ),
    };
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    for (const buyer of new Set(Object.values(this.buyers))) buyer.stop();
    this.world.stop();
    await this.own?.stop();
  }

  private async order(order: PlannedOrder): Promise<void> {
    await this.rest(order.atMs);
    if (this.stopped.signal.aborted) return;
    const { po, channel, intent, lines, expectedGrossMinor } = order;
    const entry: OrderEntry = {
      po,
      channel,
      intent,
      lines,
      expectedGrossMinor,
      attempts: [],
      copies: [],
      documents: new Map(),
      invoicedMinor: 0,
    };
    this.books.orders.set(po, entry);
    const first = this.buyers[channel].send(order, entry);
    await Promise.all([first, ...order.copies.map((copy) => this.again(order, copy, entry, first))]);
  }

  private async again(order: PlannedOrder, copy: Copy, entry: OrderEntry, first: Promise<void>): Promise<void> {
    if (copy.afterMs > 0) {
      await first;
      await this.rest(copy.afterMs);
    }
    const sending: Sending = { attempts: [] };
    entry.copies.push(sending);
    await this.buyers[order.channel].send(order, sending, copy.kind);
  }

  /** Who is called answers 503 while it is away. */
  private async keepAway(): Promise<void> {
    const { salesforce, erp } = this.parties;
    await Promise.all([
      this.absences('salesforce', (isAway) => (salesforce.isAway = isAway)),
      this.absences('erp', (isAway) => erp?.away(isAway)),
    ]);
  }

  private async absences(name: string, beAway: (isAway: boolean) => unknown): Promise<void> {
    for (const { fromMs, toMs } of this.outages.filter(({ party }) => party === name)) {
      await this.rest(fromMs - this.elapsed());
      beAway(true);
      await this.rest(toMs - this.elapsed());
      beAway(false);
    }
  }

  private present(party: string): Promise<void> {
    return this.rest(awayFor(this.outages, party, this.elapsed()));
  }

  private elapsed(): number {
    return this.startedAt === undefined ? 0 : performance.now() - this.startedAt;
  }

  private async rest(ms: number): Promise<void> {
    if (ms > 0) await pause(ms, undefined, { signal: this.stopped.signal }).catch(() => {});
  }
}

function isRefusedAsPlanned({ intent, refused, rejectedAt }: OrderEntry): boolean {
  if (intent === 'sells') return false;
  return intent === 'rejects' ? rejectedAt !== undefined : refused !== undefined;
}

function repeatsOf({ attempts }: Sending): number {
  return Math.max(0, attempts.length - 1);
}
