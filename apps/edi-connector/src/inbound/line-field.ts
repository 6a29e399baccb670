/** Lines whose pointers are kept: more than almost every order has. */
const LINES_KEPT = 400;

/** A field that a line can have. Its pointers are made once and shared by all orders. */
export class LineField {
  private readonly pointers: string[] = [];

  /** @param suffix - Behind `/lines/3`, e.g. `/quantity/value`. */
  constructor(private readonly suffix: string) {}

  /** `/lines/3/quantity/value` */
  of(line: number): string {
    const known = this.pointers[line];
    if (known !== undefined) return known;
    const made = `/lines/${line}${this.suffix}`;
    if (line === this.pointers.length && line < LINES_KEPT) this.pointers.push(made);
    return made;
  }
}

/** What almost every line has. */
export const LINE = {
  buyerLineId: new LineField('/buyerLineId'),
  quantity: new LineField('/quantity/value'),
  unit: new LineField('/quantity/unitCode'),
  sourceUnit: new LineField('/quantity/sourceUnit'),
  price: new LineField('/price/amount'),
  baseQuantity: new LineField('/price/baseQuantity'),
  listPrice: new LineField('/price/listPrice'),
  priceSource: new LineField('/price/source'),
  taxPercent: new LineField('/taxPercent'),
  parentLineId: new LineField('/parentLineId'),
  name: new LineField('/item/name'),
  description: new LineField('/item/description'),
  sellersItemId: new LineField('/item/sellersItemId'),
  buyersItemId: new LineField('/item/buyersItemId'),
  manufacturersItemId: new LineField('/item/manufacturersItemId'),
  standardItemId: new LineField('/item/standardItemId'),
  lot: new LineField('/item/lot'),
} as const;
