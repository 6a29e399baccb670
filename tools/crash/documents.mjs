/** What the company sells, as in samples/company; only goods with stock for every order of a run. */
const PRICES = { 'RH-1001': '12.50', 'RH-1002': '3.75', 'RH-1003': '0.0375', 'RH-1005': '7.25', 'RH-1006': '34.90' };

/**
 * The `n`th order of a run: some lines, and now and then goods that nobody sells.
 *
 * @returns {{ n: number, po: string, channel: 'edi' | 'json', lines: { sku: string, quantity: number, price: string }[], sells: boolean }}
 */
export function plannedOrder(n, run, random) {
  const skus = Object.keys(PRICES);
  const first = random.below(skus.length);
  const lines = Array.from({ length: 1 + random.below(3) }, (_, at) => {
    const sku = skus[(first + at) % skus.length];
    return { sku, quantity: 1 + random.below(6), price: PRICES[sku] };
  });
  const sells = n % 25 !== 24;
  if (!sells) lines[0] = { ...lines[0], sku: 'RH-GHOST' };
  return { n, po: `${run}-${n}`, channel: n % 2 === 0 ? 'edi' : 'json', lines, sells };
}

/** Price × quantity per line, rounded half up to the cent, in cents: what all invoices of the order must add up to. */
export function expectedGross({ lines }) {
  return lines.reduce((sum, { quantity, price }) => {
    const tenThousandths = BigInt(Math.round(Number(price) * 10_000)) * BigInt(quantity);
    return sum + Number((tenThousandths + 50n) / 100n);
  }, 0);
}

export function json({ po, lines }) {
  return JSON.stringify({
    purchaseOrderNumber: po,
    issuedOn: '2026-02-03',
    currency: 'USD',
    buyer: { accountId: 'GLOBEX' },
    shipTo: {
      name: 'Globex plant 2',
      postalAddress: {
        lines: ['77 Reactor Way'],
        city: 'Dayton',
        subdivision: 'OH',
        postalCode: '45402',
        country: 'US',
      },
    },
    lines: lines.map(({ sku, quantity, price }) => ({ sku, quantity: String(quantity), unit: 'EA', price })),
  });
}

/** An 850 of partner acme; the control number is the order's, so that the same file sent again is the same interchange. */
export function x12({ n, po, lines }) {
  const control = String(n + 1).padStart(9, '0');
  const set = [
    'ST*850*0001',
    `BEG*00*SA*${po}**20260203`,
    'CUR*BY*USD',
    'N1*ST*Acme DC 7*92*0007',
    'N3*1 Main St',
    'N4*New York*NY*10001*US',
    ...lines.map(({ sku, quantity, price }, at) => `PO1*${at + 1}*${quantity}*EA*${price}**VP*${sku}`),
    `CTT*${lines.length}`,
  ];
  const segments = [
    `ISA*00*          *00*          *ZZ*${'ACMESTORES'.padEnd(15)}*ZZ*${'RAILHEAD'.padEnd(15)}*260203*1015*U*00401*${control}*0*P*>`,
    `GS*PO*ACMESTORES*RAILHEAD*20260203*1015*${n + 1}*X*004010`,
    ...set,
    `SE*${set.length + 1}*0001`,
    `GE*1*${n + 1}`,
    `IEA*1*${control}`,
  ];
  return segments.map((segment) => `${segment}~\n`).join('');
}
