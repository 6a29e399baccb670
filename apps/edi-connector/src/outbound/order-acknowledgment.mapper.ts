import type { OrderRejected, OrderValidated } from '@railhead/contracts';
import { toPurchaseOrderAcknowledgment, type SegmentValues } from '@railhead/x12';
import type { Partner } from '../partners/partner.js';
import { echoOf, toX12Day, type AnsweredOrder } from './answered-order.js';

/** The 855 for an order that is taken as it was ordered: every line accepted (BAK02 AD). */
export function toAcceptance(order: AnsweredOrder, data: OrderValidated['data'], at: Date): SegmentValues[] {
  return toPurchaseOrderAcknowledgment({
    ...headOf(order, at),
    acknowledgmentType: 'AD',
    currency: data.currency,
    lines: data.lines.map((line) => {
      const { unit = line.unitCode, ...echo } = echoOf(order, line.lineId, line.sku);
      const outcome = { status: 'IA', quantity: line.quantity, unit };
      return { ...echo, quantity: line.quantity, unit, unitPrice: line.unitPrice, outcomes: [outcome] };
    }),
  });
}

/** The 855 for an order that is not taken, with the reasons in words (BAK02 RD). Nothing is promised, so no line is repeated. */
export function toRefusal(
  order: AnsweredOrder,
  data: OrderRejected['data'],
  partner: Partner,
  at: Date,
): SegmentValues[] {
  return toPurchaseOrderAcknowledgment({
    ...headOf(order, at),
    acknowledgmentType: 'RD',
    notes: data.withdrawn ? ['withdrawn by the buyer'] : data.reasons.map(({ detail }) => detail),
    noteSegment: partner.version === '005010' ? 'MTX' : 'MSG',
    lines: [],
  });
}

function headOf(order: AnsweredOrder, at: Date) {
  return {
    purchaseOrderNumber: order.purchaseOrderNumber,
    purchaseOrderDate: toX12Day(order.issuedOn),
    ...(order.release !== undefined && { releaseNumber: order.release }),
    acknowledgedOn: toX12Day(at.toISOString()),
  };
}
