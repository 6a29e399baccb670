/** Where Railhead is and what the outside parties know of it. */
export interface Target {
  /** The address of a service for a path. It may differ from call to call (several instances); in the hub all are one door. */
  url(service: string, path: string): string;
  readonly adminKey: string;
  /** Bearer for `POST /edi`. */
  readonly ediToken: string;
  readonly carrierSecret: string;
  readonly shopify: { readonly domain: string; readonly secret: string };
  /** The organization and the secret part of the address it pushes to. */
  readonly salesforce: { readonly organizationId: string; readonly pathSecret: string };
  /** A partner's folders; undefined where they cannot be reached. */
  ediFolder(partner: string): { readonly inbox: string; readonly outbox: string } | undefined;
}

/** An event of Railhead. */
export interface Fact {
  readonly id: string;
  /** E.g. `shipment.requested.v1`. */
  readonly type: string;
  readonly key: string;
  readonly data: unknown;
  /** Where the source knows it although the data does not say so. */
  readonly purchaseOrderNumber?: string | null;
}

/** How warehouse, carrier and payer learn of work. The same fact may come twice. */
export interface Facts {
  onFact(listener: (fact: Fact) => void): void;
}
