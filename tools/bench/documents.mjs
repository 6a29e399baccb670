// The traffic: X12 850s of five lines, in interchanges as a partner's translator batches them.

export const PARTNERS = Array.from({ length: 20 }, (_, n) => ({
  name: `buyer-${n + 1}`,
  accountId: `BUYER${n + 1}`,
  them: { qualifier: 'ZZ', id: `BUYER${n + 1}` },
  us: { qualifier: 'ZZ', id: 'RAILHEAD' },
}));
export const PRODUCTS = ['SKU-1', 'SKU-2', 'SKU-3', 'SKU-4', 'SKU-5'];
export const PRICE = '3.75';
export const LINES = PRODUCTS.length;

function purchaseOrder(po, index) {
  const number = String(index + 1).padStart(4, '0');
  const segments = [
    `ST*850*${number}`,
    `BEG*00*SA*${po}**20260203`,
    'CUR*BY*USD',
    'N1*ST*Distribution Center 7*92*0007',
    'N3*1 Main St',
    'N4*New York*NY*10001*US',
    ...PRODUCTS.flatMap((sku, line) => [
      `PO1*${line + 1}*${10 + line}*EA*${PRICE}**VP*${sku}`,
      `PID*F****Widget ${sku}`,
    ]),
    `CTT*${LINES}`,
  ];
  return [...segments, `SE*${segments.length + 1}*${number}`];
}

/** Gives each interchange a control number and each order a PO number that nobody used before. */
export class Traffic {
  #control = 0;
  #order = 0;

  /** An interchange of `sets` orders of one partner; the partners take turns. */
  interchange(sets) {
    const control = (this.#control += 1);
    const { them, us } = PARTNERS[control % PARTNERS.length];
    const isa13 = String(control).padStart(9, '0');
    const orders = Array.from({ length: sets }, (_, index) => purchaseOrder(`PO-${(this.#order += 1)}`, index));
    return [
      `ISA*00*          *00*          *${them.qualifier}*${them.id.padEnd(15)}*${us.qualifier}*${us.id.padEnd(15)}*260203*1015*U*00401*${isa13}*0*P*>`,
      `GS*PO*${them.id}*${us.id}*20260203*1015*${control}*X*004010`,
      ...orders.flat(),
      `GE*${sets}*${control}`,
      `IEA*1*${isa13}`,
    ]
      .map((segment) => `${segment}~\n`)
      .join('');
  }
}
