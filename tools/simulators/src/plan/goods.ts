/** A line that a customer orders. Quantities are whole; prices decimal strings in USD. */
export interface PlannedLine {
  readonly sku: string;
  readonly quantity: number;
  readonly price: string;
}

/** What the sample company sells, with stock for more orders than anybody sends, and so cheap that no credit runs out. */
export const PRICES: Readonly<Record<string, string>> = {
  'RH-1001': '12.50',
  'RH-1002': '3.75',
  'RH-1003': '0.0375',
  'RH-1005': '7.25',
};

/** Goods that nobody sells. */
export const GHOST = 'RH-GHOST';

/** Quantity × price per line, rounded half up to the cent, in cents: what all invoices of the order must add up to. */
export function expectedGross(lines: readonly PlannedLine[]): number {
  return lines.reduce((sum, { quantity, price }) => sum + lineCents(quantity, price), 0);
}

function lineCents(quantity: number, price: string): number {
  const [whole = '0', fraction = ''] = price.split('.');
  const tenThousandths = BigInt(whole + fraction.padEnd(4, '0')) * BigInt(quantity);
  return Number((tenThousandths + 50n) / 100n);
}

/** Cents as a decimal string, e.g. `12.05`. */
export function decimalOf(cents: number): string {
  return `${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}
