import type { DocumentParty, ItemId } from '@railhead/x12';
import type { Echo } from '../inbound/echo.js';
import { toldUnit } from './told-unit.js';

/** What our answers need of the buyer's own words. */
export interface AnsweredOrder {
  readonly orderId: string;
  readonly partner: string;
  readonly purchaseOrderNumber: string;
  readonly release?: string | undefined;
  /** ISO 8601 day. */
  readonly issuedOn: string;
  readonly echoes: readonly Echo[];
  /** N1*ST as the buyer wrote it. */
  readonly shipTo?: DocumentParty | undefined;
  /** 2: the first under this number was refused, this is its correction. Absent: 1. */
  readonly turn?: number | undefined;
  /** Codes of the buyer that mean another unit of ours. */
  readonly units?: Readonly<Record<string, string>> | undefined;
}

/** The buyer's words for a line of the order; our own number where the buyer used none of theirs. */
export function echoOf(
  order: AnsweredOrder,
  { lineId, sku, unitCode }: { readonly lineId: string; readonly sku: string; readonly unitCode: string },
): { lineNumber?: string; unit: string; ids: ItemId[] } {
  const echo = order.echoes.find((candidate) => candidate.lineId === lineId);
  const ids = echo === undefined || echo.ids.length === 0 ? [{ qualifier: 'VP', value: sku }] : [...echo.ids];
  return {
    ...(echo?.buyerLineId !== undefined && { lineNumber: echo.buyerLineId }),
    unit: echo?.unit ?? toldUnit(unitCode, order.units),
    ids,
  };
}

/** An ISO day or instant as X12 writes a day. */
export function toX12Day(iso: string): string {
  return iso.slice(0, 10).replaceAll('-', '');
}
