/** A customer as an order is judged by it. */
export interface CustomerFacts {
  readonly accountId: string;
  readonly currency: string;
  readonly creditLimitMinor: number;
  /** Credit used by orders that are validated and not yet paid. */
  readonly exposureMinor: number;
  readonly netDays: number;
  readonly blocked: boolean;
  readonly priceTolerancePercent: string;
  /** `null`, or absent: allowances may be as large as they are. */
  readonly allowancePercentMax?: string | null;
}

/** A product under one of its ids. */
export interface ProductFacts {
  readonly sku: string;
  readonly name: string;
  readonly unitCode: string;
  readonly sellable: boolean;
  readonly taxPercent: string | undefined;
}

export interface PriceFacts {
  /** Decimal string, major units for `baseQuantity` units. */
  readonly amount: string;
  readonly baseQuantity: string;
}

/** Everything the decision needs to know about the world, read beforehand. */
export interface OrderFacts {
  readonly customer: CustomerFacts | undefined;
  /** Products known by an id: their own sku, a GTIN, another number. Several: the id is ambiguous. */
  productsBy(id: string): readonly ProductFacts[];
  /** The price of a product in the order's currency: the account's own, else everybody's. */
  priceOf(sku: string): PriceFacts | undefined;
}
