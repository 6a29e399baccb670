import {
  reportSurprises,
  surprises,
  tally,
  tallyChannels,
  tallyFaults,
  type Progress,
  type Seen,
  type Simulation,
  type Tally,
} from '@railhead/simulators';
import { table } from '../output/table.js';

const SURPRISES_SHOWN = 20;
const HEAD = ['ORDERS', 'SENT', 'ANSWERED', 'SETTLED', 'REFUSED AS PLANNED', 'UNEXPECTED'] as const;

/** How a simulation ended; what a machine gets. */
export interface SimulationResult {
  readonly run: string;
  readonly seed: number;
  readonly seconds: number;
  /** Orders that ended as planned, per second. */
  readonly ordersPerSecond: number;
  readonly total: Tally;
  readonly channels: readonly Tally[];
  readonly faults: readonly Tally[];
  readonly confirmations: number;
  readonly scans: number;
  readonly payments: number;
  readonly repeats: number;
  /** How often a party was away. */
  readonly outages: number;
  /** What did not end as planned, a sentence each. */
  readonly surprises: readonly string[];
}

/** Adds a simulation up. */
export function resultOf(simulation: Simulation, seen: Seen, run: string, seed: number, ms: number): SimulationResult {
  const { plan, books, outages } = simulation;
  const total = tally('all', plan, books, seen);
  const seconds = Number((ms / 1000).toFixed(1));
  return {
    run,
    seed,
    seconds,
    ordersPerSecond: Number(((total.orders - total.unexpected) / Math.max(seconds, 0.1)).toFixed(1)),
    total,
    channels: tallyChannels(plan, books, seen),
    faults: tallyFaults(plan, books, seen),
    confirmations: books.shipmentsConfirmed.size,
    scans: books.scansSent.size,
    payments: books.paymentsSent.size,
    repeats: simulation.progress().repeats,
    outages: outages.length,
    surprises: [
      ...plan.flatMap((order) =>
        surprises(order, books.orders.get(order.po), seen).map(
          (what) => `${order.po} (${order.channel}, ${order.intent}) ${what}`,
        ),
      ),
      ...reportSurprises(books),
    ],
  };
}

/** A line about how far it is. */
export function progressLine({ planned, sent, accepted, settled, refusedAsPlanned }: Progress, ms: number): string {
  const ended = settled + refusedAsPlanned;
  const seconds = ms / 1000;
  return [
    `${seconds.toFixed(1).padStart(6)} s`,
    `sent ${sent}/${planned}`,
    `accepted ${accepted}`,
    `settled ${settled}`,
    `refused as planned ${refusedAsPlanned}`,
    `outstanding ${planned - ended}`,
    `${(ended / Math.max(seconds, 0.1)).toFixed(1)} orders/s`,
  ].join('  ');
}

/** The summary for people. */
export function resultPage(result: SimulationResult): string {
  const { total, channels, faults, seconds, ordersPerSecond, confirmations, scans, payments, repeats, outages } =
    result;
  const isFine = result.surprises.length === 0;
  return [
    '',
    tallies('CHANNEL', [...channels, total]),
    ...(faults.length > 0 ? ['', tallies('ORDERS HIT BY', faults)] : []),
    '',
    `The warehouse confirmed ${confirmations} shipments, the carrier told ${scans} scans, the payer paid ${payments} invoices.`,
    ...(outages > 0 ? [`Parties were away ${outages} times.`] : []),
    ...(repeats > 0 ? [`${repeats} sendings of orders had to be repeated.`] : []),
    isFine
      ? `All ${total.orders} orders ended as planned in ${seconds} s: ${ordersPerSecond} orders/s.`
      : [`Not all ended as planned (${result.surprises.length} times):`, ...listed(result.surprises)].join('\n'),
  ].join('\n');
}

function tallies(title: string, rows: readonly Tally[]): string {
  return table(
    [title, ...HEAD],
    rows.map(({ name, orders, sent, answered, settled, refusedAsPlanned, unexpected }) => [
      name,
      ...[orders, sent, answered, settled, refusedAsPlanned, unexpected].map((count, at) =>
        String(count).padStart(HEAD[at]!.length),
      ),
    ]),
  );
}

function listed(sentences: readonly string[]): string[] {
  const more = sentences.length - SURPRISES_SHOWN;
  return [
    ...sentences.slice(0, SURPRISES_SHOWN).map((sentence) => `  ${sentence}`),
    ...(more > 0 ? [`  and ${more} more; --json has all`] : []),
    'Look at one: railhead status <PO number>; what was set aside: railhead dlq list',
  ];
}
