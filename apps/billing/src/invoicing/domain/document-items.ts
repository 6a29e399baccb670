import type { AllowanceCharge } from '@railhead/contracts';

const sum = (items: readonly AllowanceCharge[]): number => items.reduce((total, item) => total + item.amount.minor, 0);

/** Charges minus allowances, minor units. */
export function netOf(items: readonly AllowanceCharge[]): number {
  return sum(items.filter((item) => item.isCharge)) - sum(items.filter((item) => !item.isCharge));
}

/**
 * The allowances and charges of the order that stand on its next invoice: all of them on the first one, except what
 * would take the invoice below zero; that part waits for the next.
 *
 * @param invoiced - The items of the order's earlier invoices; undefined when there is none.
 * @param goodsMinor - What the lines of the new invoice come to.
 */
export function itemsOfInvoice(
  agreed: readonly AllowanceCharge[],
  invoiced: readonly AllowanceCharge[] | undefined,
  goodsMinor: number,
): AllowanceCharge[] {
  const charges = invoiced === undefined ? agreed.filter((item) => item.isCharge) : [];
  const granted = sum((invoiced ?? []).filter((item) => !item.isCharge));
  const room = goodsMinor + sum(charges);
  return [
    ...charges,
    ...allowancesWithin(
      agreed.filter((item) => !item.isCharge),
      granted,
      room,
    ),
  ];
}

/** The allowances after the first `granted` minor units of them, as far as `room` goes. */
function allowancesWithin(allowances: readonly AllowanceCharge[], granted: number, room: number): AllowanceCharge[] {
  const items: AllowanceCharge[] = [];
  let skip = granted;
  let left = room;
  for (const allowance of allowances) {
    const skipped = skip < allowance.amount.minor ? skip : allowance.amount.minor;
    const waiting = allowance.amount.minor - skipped;
    const minor = waiting < left ? waiting : left;
    skip -= skipped;
    if (minor <= 0) continue;
    left -= minor;
    items.push(minor === allowance.amount.minor ? allowance : partOf(allowance, minor));
  }
  return items;
}

/** A part is not the percentage of the base any more, so it does not name them. */
function partOf({ percent: _percent, base: _base, ...allowance }: AllowanceCharge, minor: number): AllowanceCharge {
  return { ...allowance, amount: { ...allowance.amount, minor } };
}
