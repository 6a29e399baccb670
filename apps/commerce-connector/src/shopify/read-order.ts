import { parseLosslessly, placeOf } from '@railhead/connector-kit';
import type { DocumentIssue } from '@railhead/contracts';
import { ShopifyOrder, ShopifyOrderEdit } from './shopify.schemas.js';

/** A webhook body as far as it could be read. */
export type ReadOrder =
  | { readonly kind: 'order'; readonly order: ShopifyOrder }
  /** What an edit changed: no order, but of one. */
  | { readonly kind: 'edit'; readonly reference: string }
  /** Not JSON at all. */
  | { readonly kind: 'not-json'; readonly issues: DocumentIssue[] }
  /** JSON, but not an order. */
  | { readonly kind: 'not-an-order'; readonly reference?: string | undefined; readonly issues: DocumentIssue[] };

const ISSUES_MAX = 100;
const MESSAGE_MAX = 500;

/** Reads a webhook body; names every fault with its place. */
export function readOrder(body: Buffer): ReadOrder {
  const text = body.toString('utf8');
  let json: unknown;
  try {
    json = parseLosslessly(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      kind: 'not-json',
      issues: [{ code: 'NOT_JSON', at: placeOf(error, text), message: message.slice(0, MESSAGE_MAX) }],
    };
  }
  const parsed = ShopifyOrder.safeParse(json);
  if (parsed.success) return { kind: 'order', order: parsed.data };
  const edit = ShopifyOrderEdit.safeParse(json);
  if (edit.success) return { kind: 'edit', reference: edit.data.order_edit.order_id };
  const issues = parsed.error.issues.slice(0, ISSUES_MAX).map((issue) => ({
    code: 'BAD_VALUE',
    at: `/${issue.path.map(String).join('/')}`,
    message: issue.message.slice(0, MESSAGE_MAX),
  }));
  return { kind: 'not-an-order', reference: referenceIn(json), issues };
}

function referenceIn(json: unknown): string | undefined {
  const id = json !== null && typeof json === 'object' ? (json as { id?: unknown }).id : undefined;
  return typeof id === 'string' ? id.slice(0, 200) : undefined;
}
