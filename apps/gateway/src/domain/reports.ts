import {
  CalendarDate,
  CurrencyCode,
  Instant,
  OrderId,
  Package,
  paymentIdOf,
  PositiveDecimal,
  type PaymentReceived,
  type ShipmentConfirmed,
} from '@railhead/contracts';
import { currencyScale, decimalsOf, isDecimal, parseMinor, shortestDecimal } from '@railhead/money';
import { z } from 'zod';

/** What a warehouse says it shipped. */
export const ShipmentReport = z
  .strictObject({
    orderId: OrderId,
    shipmentId: z.uuid().describe('as in the shipment request'),
    carrier: z.string().min(1).max(20).describe('SCAC or short name'),
    shippedAt: Instant.optional().describe('default: now'),
    serviceLevel: z.string().max(40).optional(),
    trackingNumbers: z.array(z.string().min(1).max(40)).max(500).default([]),
    billOfLading: z.string().max(40).optional(),
    packages: z.array(Package).max(5000).default([]),
    lines: z.array(z.strictObject({ lineId: z.string().min(1).max(20), quantity: PositiveDecimal })).min(1),
  })
  .meta({ id: 'ShipmentReport' });
export type ShipmentReport = z.infer<typeof ShipmentReport>;

/** Money that arrived, and what the payer says it is for. */
export const PaymentReport = z
  .strictObject({
    payerAccountId: z.string().min(1).max(60),
    reference: z
      .string()
      .min(1)
      .max(80)
      .describe("the payer's or the bank's number; the same number of one payer is the same payment"),
    receivedOn: CalendarDate.optional().describe('default: today (UTC)'),
    currency: CurrencyCode,
    amount: PositiveDecimal.describe('major units, e.g. "45.00"'),
    remittance: z
      .array(
        z.strictObject({
          invoiceNumber: z.string().min(1).max(40),
          amount: PositiveDecimal,
          discount: PositiveDecimal.optional(),
        }),
      )
      .max(10_000)
      .default([]),
  })
  .check(({ value, issues }) => {
    const scale = z.safeParse(CurrencyCode, value.currency).success ? currencyScale(value.currency) : 10;
    for (const [path, text] of amountsOf(value)) {
      // What is no amount is named already, and may be as long as the request.
      if (!isDecimal(text) || decimalsOf(shortestDecimal(text)) <= scale) continue;
      issues.push({ code: 'custom', path, input: text, message: `${value.currency} has ${scale} decimals` });
    }
  })
  .meta({ id: 'PaymentReport' });
export type PaymentReport = z.infer<typeof PaymentReport>;

function amountsOf(report: {
  amount: string;
  remittance: readonly { amount: string; discount?: string | undefined }[];
}): [(string | number)[], string][] {
  return [
    [['amount'], report.amount],
    ...report.remittance.flatMap((part, index): [(string | number)[], string][] => [
      [['remittance', index, 'amount'], part.amount],
      [['remittance', index, 'discount'], part.discount ?? '0'],
    ]),
  ];
}

export function confirmationOf(report: ShipmentReport, now: string): ShipmentConfirmed['data'] {
  return { ...report, shippedAt: report.shippedAt ?? now };
}

/** The id is made from payer and reference: the same payment reported twice is one payment. */
export function paymentOf(report: PaymentReport, today: string): PaymentReceived['data'] {
  const { payerAccountId, reference, receivedOn, currency, amount, remittance } = report;
  return {
    paymentId: paymentIdOf(payerAccountId, reference),
    reference,
    payerAccountId,
    receivedOn: receivedOn ?? today,
    amount: parseMinor(amount, currency),
    remittance: remittance.map((part) => ({
      invoiceNumber: part.invoiceNumber,
      amount: parseMinor(part.amount, currency),
      ...(part.discount !== undefined && { discount: parseMinor(part.discount, currency) }),
    })),
  };
}
