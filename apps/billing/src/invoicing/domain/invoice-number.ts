const DIGITS = 8;

/** The number on the paper: prefix and a count without gaps. X12 (BIG02) takes 22 characters. */
export function invoiceNumber(prefix: string, count: number): string {
  return prefix + String(count).padStart(DIGITS, '0');
}

/** Payers write our numbers with blanks around them and in small letters. */
export function asInvoiceNumber(text: string): string {
  return text.trim().toUpperCase();
}
