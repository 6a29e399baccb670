import {
  AllowanceCharge,
  ValidatedLine,
  type CanonicalOrder,
  type OrderLine,
  type OrderValidated,
} from '@railhead/contracts';
import { z } from 'zod';
import { netUpTo } from './line-amounts.js';
import { percentOfMinor, spread } from './exact.js';

/** A line as invoices need it: what it costs per unit, and what was agreed for the whole of it. */
export const BillableLine = ValidatedLine.extend({
  /** Charges minus allowances of the whole line, minor units. */
  adjustmentMinor: z.int(),
  /** Tax of the whole line, minor units. */
  taxMinor: z.int(),
}).meta({ id: 'BillableLine' });
export type BillableLine = z.infer<typeof BillableLine>;

/** What billing remembers of a validated order. */
export const BillableOrder = z.strictObject({
  orderId: z.uuid(),
  accountId: z.string(),
  purchaseOrderNumber: z.string(),
  currency: z.string(),
  netDays: z.int(),
  lines: z.array(BillableLine),
  allowanceCharges: z.array(AllowanceCharge),
});
export type BillableOrder = z.infer<typeof BillableOrder>;

type Captured = Pick<CanonicalOrder, 'lines' | 'allowanceCharges' | 'totals'>;

/**
 * What can be invoiced of an order: the validated lines, with the allowances, charges and tax of the order they were
 * judged from. Prices are those of the verdict.
 */
export function billableOrder(validated: OrderValidated['data'], captured: Captured): BillableOrder {
  const { orderId, accountId, purchaseOrderNumber, currency, netDays } = validated;
  const byId = new Map(captured.lines.map((line) => [line.lineId, line]));
  const lines = validated.lines.map((line) => ({
    ...line,
    adjustmentMinor: adjustmentOf(byId.get(line.lineId)),
    taxMinor: 0,
  }));
  const nets = lines.map((line) => netUpTo(line, line.quantity, currency));
  const taxes = taxesOf(lines, nets, statedTax(captured, nets));
  return {
    orderId,
    accountId,
    purchaseOrderNumber,
    currency,
    netDays,
    lines: lines.map((line, index) => ({ ...line, taxMinor: taxes[index]! })),
    allowanceCharges: captured.allowanceCharges,
  };
}

function adjustmentOf(line: OrderLine | undefined): number {
  return (line?.allowanceCharges ?? []).reduce(
    (sum, { isCharge, amount }) => sum + (isCharge ? amount.minor : -amount.minor),
    0,
  );
}

/** The tax the order states, as long as it speaks of the same goods at the same prices. */
function statedTax({ totals }: Captured, nets: readonly number[]): number | undefined {
  return nets.reduce((sum, net) => sum + net, 0) === totals.lineExtension.minor ? totals.tax.minor : undefined;
}

/** Tax per line. What the order states beyond the lines' own percentages is spread over them, so that the sum is the order's. */
function taxesOf(lines: readonly BillableLine[], nets: readonly number[], stated: number | undefined): number[] {
  const own = lines.map((line, index) =>
    line.taxPercent === undefined ? 0 : percentOfMinor(nets[index]!, line.taxPercent),
  );
  const sum = own.reduce((total, tax) => total + tax, 0);
  if (stated === undefined || stated === sum) return own;
  return spread(stated, sum === 0 ? nets : own);
}
