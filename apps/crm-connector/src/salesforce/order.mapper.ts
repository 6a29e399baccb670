import { Sourced } from '@railhead/connector-kit';
import {
  completeOrder,
  CurrencyCode,
  type CanonicalOrder,
  type DocumentIssue,
  type OrderDraft,
} from '@railhead/contracts';
import { compareDecimals, isDecimal } from '@railhead/money';
import { skuOf, toLine } from './line.mapper.js';
import type { Organization } from './organization.js';
import { toParties } from './party.mapper.js';
import { toLongId } from './record-id.js';
import type { LineItem, Opportunity } from './salesforce.schemas.js';

const MAPPING = 'salesforce-opportunity@1';
const LINES = '/OpportunityLineItems/records';

export type Mapped =
  { readonly ok: true; readonly order: CanonicalOrder } | { readonly ok: false; readonly issues: DocumentIssue[] };

/** What is known of the document itself. */
export interface Origin {
  readonly organization: Pick<Organization, 'organizationId' | 'currency' | 'purchaseOrderField'>;
  /** ISO 8601 UTC. */
  readonly receivedAt: string;
  /** Hexadecimal, of the answer's bytes. */
  readonly sha256: string;
}

/** Maps a won deal to a canonical order, or names every fault with its place in the deal. */
export function toOrder(deal: Opportunity, origin: Origin): Mapped {
  const early = [...currencyIssues(deal, origin), ...accountIssues(deal), ...lineIssues(deal)];
  if (early.length > 0) return { ok: false, issues: early };
  const draft = computed(() => toDraft(deal, origin));
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
  at: LINES,
  message: 'an amount of the deal is too large to compute with',
};

function computed<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function currencyOf(deal: Opportunity, origin: Origin): string {
  return deal.CurrencyIsoCode ?? origin.organization.currency;
}

function currencyIssues(deal: Opportunity, origin: Origin): DocumentIssue[] {
  const parsed = CurrencyCode.safeParse(currencyOf(deal, origin));
  return parsed.success
    ? []
    : [{ code: 'UNKNOWN_CURRENCY', at: '/CurrencyIsoCode', message: parsed.error.issues[0]!.message }];
}

function accountIssues(deal: Opportunity): DocumentIssue[] {
  if (!deal.Account) return [{ code: 'ACCOUNT_MISSING', at: '/Account', message: 'the deal has no account' }];
  if (deal.Account.AccountNumber?.trim()) return [];
  return [
    {
      code: 'ACCOUNT_NUMBER_MISSING',
      at: '/Account/AccountNumber',
      message: 'the account has no account number, so we do not know who buys',
    },
  ];
}

function linesOf(deal: Opportunity): readonly LineItem[] {
  return deal.OpportunityLineItems?.records ?? [];
}

function lineIssues(deal: Opportunity): DocumentIssue[] {
  const lines = linesOf(deal);
  if (lines.length === 0)
    return [{ code: 'NO_LINES', at: '/OpportunityLineItems', message: 'the deal has no products' }];
  return lines.flatMap((line, index) => {
    const at = `${LINES}/${index}`;
    return [
      ...(skuOf(line) === undefined
        ? [
            {
              code: 'SKU_MISSING',
              at: `${at}/Product2/StockKeepingUnit`,
              message: 'the product has neither a stock keeping unit nor a code',
            },
          ]
        : []),
      ...numberIssues(line.Quantity, `${at}/Quantity`),
      ...numberIssues(line.UnitPrice, `${at}/UnitPrice`),
      ...(line.Discount == null ? [] : numberIssues(line.Discount, `${at}/Discount`)),
    ];
  });
}

function numberIssues(text: string, at: string): DocumentIssue[] {
  if (isDecimal(text) && compareDecimals(text, '0') >= 0) return [];
  return [{ code: 'BAD_VALUE', at, message: 'must be a number not below zero' }];
}

function toDraft(deal: Opportunity, origin: Origin): OrderDraft {
  const currency = currencyOf(deal, origin);
  const lines = Sourced.list(
    linesOf(deal).map((line, index) => toLine(line, currency, index + 1, `${LINES}/${index}`)),
  );
  const parties = toParties(deal.Account!);
  const { number, at } = purchaseOrderNumberOf(deal, origin);
  return {
    channel: 'crm',
    purchaseOrderNumber: number,
    issuedOn: deal.CloseDate,
    currency,
    parties: parties.value,
    lines: lines.value,
    ...(deal.Amount != null && { controlTotals: { amount: deal.Amount } }),
    extras: toExtras(deal),
    provenance: {
      system: 'salesforce',
      account: origin.organization.organizationId,
      documentType: 'opportunity',
      documentId: toLongId(deal.Id),
      documentRevision: deal.SystemModstamp.toISOString(),
      receivedAt: origin.receivedAt,
      rawSha256: origin.sha256,
      mapping: MAPPING,
      fields: {
        '/purchaseOrderNumber': at,
        '/issuedOn': '/CloseDate',
        '/currency': deal.CurrencyIsoCode == null ? 'the settings of the organization' : '/CurrencyIsoCode',
        '/controlTotals/amount': '/Amount',
        ...parties.under('/parties'),
        ...lines.under('/lines'),
      },
    },
  };
}

/** The customer's number where the organization keeps it; a deal's name is not one. Else the deal's own id, which is unique. */
function purchaseOrderNumberOf(deal: Opportunity, { organization }: Origin): { number: string; at: string } {
  const field = organization.purchaseOrderField;
  const value = field === undefined ? undefined : deal[field];
  if (field !== undefined && typeof value === 'string' && value.trim() !== '')
    return { number: value.trim(), at: `/${field}` };
  return { number: toLongId(deal.Id), at: '/Id' };
}

function toExtras(deal: Opportunity): Record<string, string> {
  const extras: [string, string | null | undefined][] = [
    ['salesforce.opportunityId', toLongId(deal.Id)],
    ['salesforce.opportunityName', deal.Name],
    ['salesforce.accountId', deal.Account?.Id],
    ...linesOf(deal).map((line, index): [string, string] => [`salesforce.lineId.${index + 1}`, toLongId(line.Id)]),
  ];
  return Object.fromEntries(extras.filter((extra): extra is [string, string] => extra[1] != null && extra[1] !== ''));
}

/** The place in the deal of a place in our order: of the field itself, or of the nearest thing around it. */
function placeIn(fields: Readonly<Record<string, string>>, pointer: string): string {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const place = fields[at];
    if (place !== undefined) return place;
  }
  return pointer;
}
