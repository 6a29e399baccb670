import {
  completeOrder,
  type AllowanceCharge,
  type CanonicalOrder,
  type DocumentIssue,
  type DraftLine,
  type OrderDraft,
} from '@railhead/contracts';
import { currencyScale, decimalsOf, parseMinor, shortestDecimal, type Money } from '@railhead/money';
import type { z } from 'zod';
import { INTAKE_ROLES, OrderIntake, type IntakeAllowance, type IntakeLine } from './order-intake.js';
import { placesOf, senderPlace, type Places } from './places.js';

/** Who sent it and how it arrived. */
export interface Arrival {
  readonly documentId: string;
  readonly rawSha256: string;
  /** ISO 8601 UTC. */
  readonly receivedAt: string;
  /** The key it came with. */
  readonly sender: string;
  /** Set for a partner's key: the only account it may order for. */
  readonly accountId?: string | undefined;
}

export type Understood =
  | { readonly ok: true; readonly order: CanonicalOrder }
  | { readonly ok: false; readonly issues: readonly DocumentIssue[] };

/** Reads a JSON order. Names every fault at once, each with the sender's own place. */
export function understandOrder(body: unknown, arrival: Arrival): Understood {
  const parsed = OrderIntake.safeParse(body);
  if (!parsed.success) {
    const issues = parsed.error.issues.slice(0, 100).map((issue) => ({
      code: 'BAD_VALUE',
      at: placeOf(issue),
      message: issue.message.slice(0, 500),
    }));
    return { ok: false, issues };
  }
  const intake = withAccount(parsed.data, arrival);
  const faults = [
    ...foreignAccount(intake, arrival),
    ...paidByItself(intake, arrival),
    ...tooFine(intake),
    ...twoItems(intake),
  ];
  if (faults.length > 0) return { ok: false, issues: faults };
  const places = placesOf(body);
  const completed = completeOrder(draftOf(intake, arrival, places));
  if (completed.ok) return completed;
  return { ok: false, issues: completed.issues.map((issue) => ({ ...issue, at: senderPlace(places, issue.at) })) };
}

/** An unknown field is at itself, not at the object it stands in. */
function placeOf(issue: z.core.$ZodIssue): string {
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  return `/${path.map(String).join('/')}`;
}

function withAccount(intake: OrderIntake, { accountId }: Arrival): OrderIntake {
  if (accountId === undefined || intake.buyer.accountId !== undefined) return intake;
  return { ...intake, buyer: { ...intake.buyer, accountId } };
}

function foreignAccount({ buyer }: OrderIntake, { accountId }: Arrival): DocumentIssue[] {
  if (accountId === undefined || buyer.accountId === accountId) return [];
  return [{ code: 'NOT_YOUR_ACCOUNT', at: '/buyer/accountId', message: `this key orders for ${accountId} only` }];
}

/** What is paid counts against no credit limit: a buyer does not say of itself that it has paid. */
function paidByItself({ prepaid }: OrderIntake, { accountId }: Arrival): DocumentIssue[] {
  if (accountId === undefined || prepaid === undefined) return [];
  return [{ code: 'NOT_YOURS_TO_SAY', at: '/prepaid', message: 'a partner cannot say that its own order is paid' }];
}

/** A line that names two items of ours: one of them would be shipped for the other. */
function twoItems({ lines }: OrderIntake): DocumentIssue[] {
  const named = lines.flatMap(({ sku, gtin, item }, index) => [
    { at: `/lines/${index}/item/sellersItemId`, one: sku, other: item?.sellersItemId },
    { at: `/lines/${index}/item/standardItemId`, one: gtin, other: item?.standardItemId },
  ]);
  return named
    .filter(({ one, other }) => one !== undefined && other !== undefined && one !== other)
    .map(({ at, one }) => ({ code: 'BAD_VALUE', at, message: `the line is for ${one} and for another item` }));
}

/** Amounts finer than the currency would have to be rounded; the sender says what is meant. */
function tooFine(intake: OrderIntake): DocumentIssue[] {
  const scale = currencyScale(intake.currency);
  const amounts: [string, string | undefined][] = [
    ['/tax', intake.tax],
    ['/prepaid', intake.prepaid],
    ...intake.allowanceCharges.map((item, at): [string, string] => [`/allowanceCharges/${at}/amount`, item.amount]),
    ...intake.lines.flatMap((line, index) =>
      line.allowanceCharges.map((item, at): [string, string] => [
        `/lines/${index}/allowanceCharges/${at}/amount`,
        item.amount,
      ]),
    ),
  ];
  return amounts
    .filter(([, text]) => text !== undefined && decimalsOf(shortestDecimal(text)) > scale)
    .map(([at]) => ({ code: 'BAD_VALUE', at, message: `${intake.currency} has ${scale} decimals` }));
}

function draftOf(intake: OrderIntake, arrival: Arrival, fields: Places): OrderDraft {
  const { currency, tax, prepaid, lines, notes, allowanceCharges, issuedOn } = intake;
  const { buyer: _b, shipTo: _s, billTo: _i, payer: _p, originator: _o, endCustomer: _e, ...rest } = intake;
  return {
    ...rest,
    channel: 'api',
    issuedOn: issuedOn ?? arrival.receivedAt.slice(0, 10),
    parties: INTAKE_ROLES.flatMap((role) => (intake[role] === undefined ? [] : [{ ...intake[role], role }])),
    lines: lines.map((line, index) => lineOf(line, index, currency)),
    allowanceCharges: allowanceCharges.map((item) => allowanceOf(item, currency)),
    notes: notes.map((text) => ({ text })),
    tax: tax === undefined ? undefined : moneyOf(tax, currency),
    prepaid: prepaid === undefined ? undefined : moneyOf(prepaid, currency),
    provenance: {
      system: 'api',
      account: arrival.sender,
      documentType: 'order',
      documentId: arrival.documentId,
      receivedAt: arrival.receivedAt,
      rawSha256: arrival.rawSha256,
      mapping: 'json-order@1',
      fields,
    },
  };
}

function lineOf(line: IntakeLine, index: number, currency: string): DraftLine {
  const { sku, gtin, name, description, item, quantity, unit, price, baseQuantity, lineId, notes, ...rest } = line;
  const named = { sellersItemId: sku, standardItemId: gtin, name, description };
  return {
    ...rest,
    lineId: lineId ?? String(index + 1),
    item: { ...item, ...Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined)) },
    quantity: { value: quantity, unitCode: unit },
    price: { amount: price, ...(baseQuantity !== undefined && { baseQuantity }) },
    allowanceCharges: line.allowanceCharges.map((charge) => allowanceOf(charge, currency)),
    notes: notes.map((text) => ({ text })),
  };
}

function allowanceOf(item: IntakeAllowance, currency: string): AllowanceCharge {
  return { ...item, amount: moneyOf(item.amount, currency) };
}

function moneyOf(text: string, currency: string): Money {
  return parseMinor(text, currency);
}
