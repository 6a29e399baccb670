import type { FakeDeal } from '@railhead/crm-connector/testing';
import * as simulated from '@railhead/simulators';
import { randomInt } from 'node:crypto';

export interface WantedLine {
  readonly sku: string;
  readonly quantity: string;
  readonly price: string;
}

interface Wanted {
  readonly po: string;
  readonly lines: readonly WantedLine[];
}

/** A PO number nobody used before. */
export function newPo(story: string): string {
  return `${story}-${randomInt(1e9).toString(36).toUpperCase()}`;
}

/** An 850 as a partner's translator writes it: 004010, one set, `~` and a line feed. */
export function x12PurchaseOrder(options: Wanted & { readonly sender?: string; readonly control?: number }): string {
  const { sender = 'ACMESTORES', control } = options;
  return simulated.purchaseOrder(plain(options, control), { sender });
}

/** The same order as a program posts it. */
export function jsonOrder(options: Wanted & { readonly accountId?: string }): object {
  return JSON.parse(simulated.jsonOrder({ ...plain(options), accountId: options.accountId ?? 'ACME' })) as object;
}

/** The same order as a shop sends it. */
export function shopifyOrder(options: Wanted): object {
  return JSON.parse(simulated.shopifyOrder(plain(options))) as object;
}

/** The same order as a deal that sales has won. */
export function salesforceDeal(options: Wanted): FakeDeal {
  const modified = new Date(Date.now() - 5_000).toISOString();
  return simulated.salesforceDeal({ ...plain(options), accountId: 'GLOBEX' }, modified);
}

/** The order as the simulators write it, under a number that no document had before. */
function plain({ po, lines }: Wanted, control = randomInt(1, 400_000_000)) {
  return { po, control, lines: lines.map((line) => ({ ...line, quantity: Number(line.quantity) })) };
}
