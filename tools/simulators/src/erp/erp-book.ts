/** A sales order as the ERP holds it. */
export interface ErpOrder {
  /** The ERP's own. */
  readonly number: string;
  readonly externalReference: string;
  /** As it was sent. */
  readonly order: Readonly<Record<string, unknown>>;
}

/** What the simulated ERP holds. In memory only; it keeps every order it took, also the second of the same. */
export class ErpBook {
  private readonly held: ErpOrder[] = [];
  private readonly byReference = new Map<string, ErpOrder[]>();

  add(externalReference: string, order: Readonly<Record<string, unknown>>): ErpOrder {
    const taken = { number: `SO${String(this.held.length + 1).padStart(7, '0')}`, externalReference, order };
    this.held.push(taken);
    this.byReference.set(externalReference, [...this.with(externalReference), taken]);
    return taken;
  }

  /** All orders, in the order in which they were taken. */
  get all(): readonly ErpOrder[] {
    return this.held;
  }

  with(externalReference: string): readonly ErpOrder[] {
    return this.byReference.get(externalReference) ?? [];
  }

  /** How many orders it holds per external reference: one each, if nothing was done twice. */
  get counts(): ReadonlyMap<string, number> {
    return new Map([...this.byReference].map(([reference, orders]) => [reference, orders.length]));
  }
}
