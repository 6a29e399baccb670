import { z } from 'zod';

/** A shop whose webhooks are taken. Data, not code: shops come and go without a release. */
export const Shop = z.strictObject({
  /** The permanent domain, as the webhook header names it. */
  domain: z
    .string()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i, 'must be a domain such as my-shop.myshopify.com')
    .transform((domain) => domain.toLowerCase()),
  /** Our account that the shop's orders are booked on. */
  accountId: z.string().min(1).max(60),
  /** Signing secrets that are valid now: the current one, and while it is being rotated the one before. */
  secrets: z.array(z.string().min(8, 'must have at least 8 characters')).min(1).max(2),
  /** Version the webhooks are subscribed in, e.g. `2026-07`; another one in a delivery is logged. */
  apiVersion: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .optional(),
});
export type Shop = z.infer<typeof Shop>;

/** The shops of this installation, by domain. */
export class ShopDirectory {
  private readonly byDomain: ReadonlyMap<string, Shop>;

  constructor(shops: readonly Shop[]) {
    this.byDomain = new Map(shops.map((shop) => [shop.domain, shop]));
  }

  find(domain: string): Shop | undefined {
    return this.byDomain.get(domain.toLowerCase());
  }
}
