/** A sales order as the ERP holds it. */
export interface ErpOrder {
  /** The ERP's own. */
  readonly number: string;
  readonly externalReference: string;
  /** As it was sent last. */
  readonly order: Readonly<Record<string, unknown>>;
  /** The revisions that it took, in turn: each once, and none after a later one, if nothing was done twice. */
  readonly revisions: readonly number[];
}

/** What the simulated ERP holds. In memory only; it keeps every order it took, also the second of the same. */
export class ErpBook {
  private readonly held: ErpOrder[] = [];
  private readonly byReference = new Map<string, number[]>();

  add(externalReference: string, order: Readonly<Record<string, unknown>>): ErpOrder {
    const at = this.held.length;
    const taken = { number: `SO${String(at + 1).padStart(7, '0')}`, externalReference, order, revisions: [] };
    this.held.push(taken);
    this.byReference.set(externalReference, [...(this.byReference.get(externalReference) ?? []), at]);
    return taken;
  }

  /** Makes an order what `order` says. @param number - Of an order that it holds. */
  change(number: string, revision: number, order: Readonly<Record<string, unknown>>): ErpOrder {
    const at = placeOf(number);
    const before = this.held[at]!;
    const after = { ...before, order, revisions: [...before.revisions, revision] };
    this.held[at] = after;
    return after;
  }

  /** All orders, in the order in which they were taken. */
  get all(): readonly ErpOrder[] {
    return this.held;
  }

  with(externalReference: string): readonly ErpOrder[] {
    return (this.byReference.get(externalReference) ?? []).map((at) => this.held[at]!);
  }

  numbered(number: string): ErpOrder | undefined {
    const order = this.held[placeOf(number)];
    return order?.number === number ? order : undefined;
  }

  /** How many orders it holds per external reference: one each, if nothing was done twice. */
  get counts(): ReadonlyMap<string, number> {
    return new Map([...this.byReference].map(([reference, orders]) => [reference, orders.length]));
  }
}

const placeOf = (number: string): number => Number(number.slice(2)) - 1;
