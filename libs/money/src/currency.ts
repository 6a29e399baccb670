/** Currencies whose minor unit is not a hundredth (ISO 4217, list one). All others have two decimals. */
const OTHER_SCALES: ReadonlyMap<string, number> = new Map([
  ...[
    'BIF',
    'CLP',
    'DJF',
    'GNF',
    'ISK',
    'JPY',
    'KMF',
    'KRW',
    'PYG',
    'RWF',
    'UGX',
    'VND',
    'VUV',
    'XAF',
    'XOF',
    'XPF',
  ].map((code) => [code, 0] as const),
  ...['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((code) => [code, 3] as const),
]);

const KNOWN = new Set(Intl.supportedValuesOf('currency'));

/** Whether a code is a currency of ISO 4217. */
export function isCurrency(code: string): boolean {
  return KNOWN.has(code);
}

/**
 * Decimals of the currency's minor unit: USD 2, JPY 0, KWD 3.
 *
 * @throws RangeError for a code that is not a currency: a guess would move the decimal point of somebody's money.
 */
export function currencyScale(code: string): number {
  if (!isCurrency(code)) throw new RangeError(`unknown currency: ${JSON.stringify(code)}`);
  return OTHER_SCALES.get(code) ?? 2;
}
