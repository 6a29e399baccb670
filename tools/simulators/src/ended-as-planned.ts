import type { Books, OrderEntry, Report, Sending } from './books.js';
import type { ErpOrder } from './erp/erp-book.js';
import type { PlannedOrder } from './plan/planned-order.js';

/** What was there to be seen beside the answers. */
export interface Seen {
  /** Whether the partner's outbox could be read. */
  readonly documents: boolean;
  /** Whether the world heard what became of orders. */
  readonly ends: boolean;
  /** How many sales orders the ERP holds for a purchase order; absent where there is no ERP. */
  readonly erpHolds?: (po: string) => number;
}

const EVERYTHING: Seen = { documents: true, ends: true };
/** What becomes of a forged document: 401, or 404 where the address is the secret. */
const UNAUTHORIZED = new Set([401, 404]);

/** What did not end as planned about one order; empty when all did. Sentences without the order's number. */
export function surprises(order: PlannedOrder, entry: OrderEntry | undefined, seen: Seen = EVERYTHING): string[] {
  if (entry === undefined) return ['was never sent'];
  if (entry.accepted === undefined && entry.refused === undefined) return ['was never answered'];
  if (order.intent === 'malformed' || order.intent === 'forged')
    return [...refusalSurprises(order, entry), ...erpSurprises(order, seen)];
  return [
    ...takenSurprises(entry),
    ...(seen.ends ? endSurprises(entry) : []),
    ...(seen.documents ? documentSurprises(entry) : []),
    ...erpSurprises(order, seen),
  ];
}

/** Counts the sales orders in an ERP's book by purchase order; looks only at what came since it was asked last. */
export function erpHoldings(book: { readonly all: readonly Pick<ErpOrder, 'order'>[] }): (po: string) => number {
  const counts = new Map<unknown, number>();
  let read = 0;
  return (po) => {
    for (; read < book.all.length; read++) {
      const held = book.all[read]!.order['purchaseOrderNumber'];
      counts.set(held, (counts.get(held) ?? 0) + 1);
    }
    return counts.get(po) ?? 0;
  };
}

/** The same for everything that warehouse, carrier, payer and partner have reported; with its name. */
export function reportSurprises(books: Books): string[] {
  const named = (what: string, book: ReadonlyMap<string, Report>): string[] =>
    [...book].flatMap(([key, report]) => {
      const isForged = key.endsWith('|forged');
      const sendings = [report, ...report.copies];
      return sendings
        .map((sending) => (isForged ? forgedSurprise(sending) : acceptedSurprise(sending)))
        .filter((surprise) => surprise !== undefined)
        .map((surprise) => `${what} ${key} of ${report.po} ${surprise}`);
    });
  return [
    ...named('the confirmation of shipment', books.shipmentsConfirmed),
    ...named('the scan', books.scansSent),
    ...named('the payment', books.paymentsSent),
    ...[...books.acknowledgmentsSent]
      .map(([control, sending]) => [control, acceptedSurprise(sending)] as const)
      .filter(([, surprise]) => surprise !== undefined)
      .map(([control, surprise]) => `the 997 ${control} of the partner ${surprise}`),
  ];
}

function refusalSurprises({ intent, flaw }: PlannedOrder, entry: OrderEntry): string[] {
  const what = flaw ?? intent;
  if (entry.accepted !== undefined) return [`was accepted with ${entry.accepted.status} although it is ${what}`];
  if (intent === 'forged' && !UNAUTHORIZED.has(entry.refused?.status ?? 0))
    return [`is forged and was refused with ${entry.refused?.status} instead of 401`];
  return entry.settledAt === undefined && entry.documents.size === 0 ? [] : [`went on although it is ${what}`];
}

function takenSurprises(entry: OrderEntry): string[] {
  return [entry, ...entry.copies].flatMap((sending, at) => {
    const surprise = acceptedSurprise(sending);
    return surprise === undefined ? [] : [at === 0 ? surprise : `its copy ${surprise}`];
  });
}

function acceptedSurprise({ accepted, refused }: Sending): string | undefined {
  if (accepted !== undefined) return undefined;
  return refused === undefined
    ? 'was never answered'
    : `was refused with ${refused.status} ${firstLine(refused.text)}`.trimEnd();
}

function forgedSurprise({ accepted, refused }: Sending): string | undefined {
  if (accepted !== undefined) return `was accepted with ${accepted.status} although its signature is wrong`;
  if (refused === undefined) return 'was never answered';
  return refused.status === 401 ? undefined : `is forged and was refused with ${refused.status} instead of 401`;
}

function endSurprises({ intent, settledAt, rejectedAt }: OrderEntry): string[] {
  if (intent === 'sells')
    return [
      ...(settledAt === undefined ? ['was not settled'] : []),
      ...(rejectedAt === undefined ? [] : ['was rejected']),
    ];
  return [
    ...(rejectedAt === undefined ? ['was not rejected'] : []),
    ...(settledAt === undefined ? [] : ['was settled']),
  ];
}

/** A buyer over X12 gets one 855, and for what is sold one 856 and 810s over what was agreed. */
function documentSurprises({ channel, intent, documents, invoicedMinor, expectedGrossMinor }: OrderEntry): string[] {
  if (channel !== 'edi' && channel !== 'folder') return [];
  const isSold = intent === 'sells';
  const wanted: readonly (readonly [string, number])[] = [
    ['855', 1],
    ['856', isSold ? 1 : 0],
    ['810', isSold ? 1 : 0],
  ];
  const counts = wanted
    .filter(([kind, count]) => (documents.get(kind) ?? 0) !== count)
    .map(([kind, count]) => `its buyer received ${documents.get(kind) ?? 0} of ${count} ${kind}`);
  if (counts.length > 0 || !isSold || invoicedMinor === expectedGrossMinor) return counts;
  return [`was invoiced at ${invoicedMinor} cents instead of ${expectedGrossMinor}`];
}

function erpSurprises({ po, intent }: PlannedOrder, { erpHolds }: Seen): string[] {
  if (erpHolds === undefined) return [];
  const [held, wanted] = [erpHolds(po), intent === 'sells' ? 1 : 0];
  return held === wanted ? [] : [`is held ${held} times by the ERP instead of ${wanted}`];
}

function firstLine(text = ''): string {
  return text.split('\n', 1)[0]!.slice(0, 200);
}
