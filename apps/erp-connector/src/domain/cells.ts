import { compareDecimals, formatMinor, isCurrency, parseMinor, type Money } from '@railhead/money';
import type { RowIssue, SourceRow } from './source-row.js';

const FLAGS = new Map([
  ['true', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['0', false],
]);

/** Reads the cells of one row and remembers what is wrong with them. */
export class Cells {
  readonly issues: RowIssue[] = [];

  constructor(private readonly row: SourceRow) {}

  text(column: string): string | undefined {
    const text = this.row.cells[column]?.trim();
    return text === '' ? undefined : text;
  }

  /** Several values in one cell, parted by `|`. */
  list(column: string): string[] {
    const parts = this.text(column)?.split('|') ?? [];
    return parts.map((part) => part.trim()).filter((part) => part !== '');
  }

  flag(column: string, otherwise: boolean): boolean {
    const text = this.text(column);
    const flag = text === undefined ? otherwise : FLAGS.get(text.toLowerCase());
    if (flag === undefined) this.fault(column, `"${text}" is neither true nor false`);
    return flag ?? otherwise;
  }

  whole(column: string): number | undefined {
    const text = this.text(column);
    if (text === undefined) return undefined;
    if (/^\d{1,6}$/.test(text)) return Number(text);
    this.fault(column, `"${text}" is not a whole number not below zero`);
    return undefined;
  }

  /** Decimal text that may be anything but zero; whether it is a number is for the event's schema to say. */
  notZero(column: string): string | undefined {
    const text = this.text(column);
    if (text !== undefined && /^0+(\.0+)?$/.test(text)) this.fault(column, `"${text}" is not above zero`);
    return text;
  }

  /** A share; whether it is a number is for the event's schema to say. */
  percent(column: string): string | undefined {
    const text = this.text(column);
    if (Number(text) > 100) this.fault(column, `"${text}" is more than 100 per cent`);
    return text;
  }

  /** An amount in major units that the currency can express exactly: `12.345` dollars are refused, not rounded. */
  money(column: string, currency: string | undefined): Money | undefined {
    const text = this.text(column);
    if (text === undefined || currency === undefined || !isCurrency(currency)) return undefined;
    const amount = /^\d{1,13}(\.\d{1,10})?$/.test(text) ? parseMinor(text, currency) : undefined;
    if (amount !== undefined && compareDecimals(formatMinor(amount), text) === 0) return amount;
    this.fault(column, `"${text}" is not an amount of ${currency} not below zero, such as 500.00`);
    return undefined;
  }

  fault(column: string, message: string): void {
    this.issues.push({ place: this.row.place, column, message });
  }
}
