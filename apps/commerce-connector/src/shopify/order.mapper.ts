import { fitText, Sourced } from '@railhead/connector-kit';
import {
  CurrencyCode,
  completeOrder,
  type CanonicalOrder,
  type DocumentIssue,
  type OrderDraft,
} from '@railhead/contracts';
import { addDecimals } from '@railhead/money';
import { sumOf } from '../domain/net-of-tax.js';
import { inNotes, noteTextsOf } from './attributes.js';
import { toCharges } from './charge.mapper.js';
import { isReduced, isSent, isTip, quantityOf, toLine } from './line.mapper.js';
import { toParties } from './party.mapper.js';
import type { Shop } from './shop.js';
import type { ShopifyOrder } from './shopify.schemas.js';

const MAPPING = 'shopify-order@1';
const NOTES_MAX = 200;

export type Mapped =
  { readonly ok: true; readonly order: CanonicalOrder } | { readonly ok: false; readonly issues: DocumentIssue[] };

/** What is known of the document itself. */
export interface Origin {
  readonly shop: Shop;
  readonly topic: string;
  /** ISO 8601 UTC. */
  readonly receivedAt: string;
  /** Hexadecimal, of the raw bytes. */
  readonly sha256: string;
  /** What tells the order apart where another has the PO number already: the shop's own number, or else its long id. */
  readonly release?: 'name' | 'id' | undefined;
}

/** Maps a shop's order to a canonical order, or names every fault with its place in the shop's document. */
export function toOrder(order: ShopifyOrder, origin: Origin): Mapped {
  const early = [...currencyIssues(order), ...lineIssues(order)];
  if (early.length > 0) return { ok: false, issues: early };
  const draft = computed(() => toDraft(order, origin));
  if (draft === undefined) return { ok: false, issues: [OUT_OF_RANGE] };
  const completed = completeOrder(draft);
  if (completed.ok) return completed;
  return {
    ok: false,
    issues: completed.issues.map((issue) => ({ ...issue, at: placeIn(draft.provenance.fields, issue.at) })),
  };
}

const OUT_OF_RANGE: DocumentIssue = {
  code: 'OUT_OF_RANGE',
  at: '/total_price',
  message: 'an amount of the order is too large to compute with',
};

function computed<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function currencyIssues(order: ShopifyOrder): DocumentIssue[] {
  const parsed = CurrencyCode.safeParse(order.currency);
  return parsed.success
    ? []
    : [{ code: 'UNKNOWN_CURRENCY', at: '/currency', message: parsed.error.issues[0]!.message }];
}

function lineIssues(order: ShopifyOrder): DocumentIssue[] {
  const wanted = wantedLines(order);
  if (wanted.length === 0)
    return [
      { code: 'NOTHING_ORDERED', at: '/line_items', message: 'nothing is left of the order: every quantity is zero' },
    ];
  return wanted
    .filter(({ item }) => (item.sku ?? '').trim() === '')
    .map(({ at }) => ({
      code: 'SKU_MISSING',
      at: `${at}/sku`,
      message: 'the line names no SKU, so nobody knows what to ship',
    }));
}

/** Lines of which something is wanted still, each with its place. */
function wantedLines(order: ShopifyOrder): { item: ShopifyOrder['line_items'][number]; at: string }[] {
  return order.line_items
    .map((item, index) => ({ item, at: `/line_items/${index}` }))
    .filter(({ item }) => quantityOf(item) !== '0' && !isTip(item));
}

/** Whether nothing is wanted of an order any more. */
export function isEmpty(order: ShopifyOrder): boolean {
  return wantedLines(order).length === 0;
}

/** Places of the lines of which the shop has sent goods. */
export function sentLines(order: ShopifyOrder): string[] {
  return wantedLines(order).flatMap(({ item, at }) => (isSent(item) ? [at] : []));
}

function toDraft(order: ShopifyOrder, origin: Origin): OrderDraft {
  const { currency } = order;
  const lines = wantedLines(order);
  const mappedLines = Sourced.list(lines.map(({ item, at }, index) => toLine(item, order, index + 1, at)));
  const parties = toParties(order, origin.shop);
  const charges = toCharges(order);
  const head = toHead(order, origin.release);
  const tax = statedTax(order);
  return {
    ...head.value,
    channel: 'ecommerce',
    currency,
    parties: parties.value,
    allowanceCharges: charges.value,
    lines: mappedLines.value,
    tax: sumOf(currency, [tax.amount]),
    controlTotals: { amount: addDecimals(order.current_total_price ?? order.total_price) },
    extras: toExtras(order, lines),
    provenance: {
      system: 'shopify',
      account: origin.shop.domain,
      documentType: origin.topic,
      documentId: order.id,
      documentRevision: order.updated_at,
      receivedAt: origin.receivedAt,
      rawSha256: origin.sha256,
      mapping: MAPPING,
      fields: {
        ...head.fields,
        '/currency': '/currency',
        '/totals/tax': tax.at,
        '/controlTotals/amount': order.current_total_price == null ? '/total_price' : '/current_total_price',
        ...parties.under('/parties'),
        ...charges.under('/allowanceCharges'),
        ...mappedLines.under('/lines'),
      },
    },
  };
}

type Head = Pick<OrderDraft, 'purchaseOrderNumber' | 'release' | 'salesOrderId' | 'issuedOn' | 'notes'>;

function toHead(order: ShopifyOrder, release: Origin['release']): Sourced<Head> {
  const customerNumber = order.po_number?.trim() || undefined;
  const notes = [...inNotes(order.note?.trim() ?? ''), ...noteTextsOf(order.note_attributes)]
    .filter((text) => text !== '')
    .slice(0, NOTES_MAX);
  const head: Head = {
    purchaseOrderNumber: customerNumber ?? order.name,
    ...(release !== undefined && { release: fitText(order[release], 30) }),
    salesOrderId: order.name,
    issuedOn: order.created_at.slice(0, 10), // the day in the shop's own time zone
    ...(notes.length > 0 && { notes: notes.map((text) => ({ text })) }),
  };
  return Sourced.of(head, {
    '/purchaseOrderNumber': customerNumber === undefined ? '/name' : '/po_number',
    '/release': `/${release}`,
    '/salesOrderId': '/name',
    '/issuedOn': '/created_at',
    '/notes': '/note',
  });
}

/** The tax on what is left, where some was taken off: the other total is that of the order as it was. */
function statedTax(order: ShopifyOrder): { amount: string; at: string } {
  if (order.current_total_tax != null && order.line_items.some(isReduced))
    return { amount: order.current_total_tax, at: '/current_total_tax' };
  return { amount: order.total_tax, at: '/total_tax' };
}

function toExtras(order: ShopifyOrder, lines: ReturnType<typeof wantedLines>): Record<string, string> {
  const extras: [string, string | null | undefined][] = [
    ['shopify.orderId', order.id],
    ['shopify.confirmationNumber', order.confirmation_number],
    ['shopify.financialStatus', order.financial_status],
    ['shopify.paymentGateways', order.payment_gateway_names?.join(', ')],
    ['shopify.sourceName', order.source_name],
    ['shopify.tags', order.tags],
    [
      'shopify.presentmentCurrency',
      order.presentment_currency === order.currency ? undefined : order.presentment_currency,
    ],
    ...lines.map(({ item }, index): [string, string] => [`shopify.lineId.${index + 1}`, item.id]),
  ];
  return Object.fromEntries(extras.filter((extra): extra is [string, string] => extra[1] != null && extra[1] !== ''));
}

/** The place in the shop's document of a place in our order: of the field itself, or of the nearest thing around it. */
function placeIn(fields: Readonly<Record<string, string>>, pointer: string): string {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const place = fields[at];
    if (place !== undefined) return place;
  }
  return pointer;
}
