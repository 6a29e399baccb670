import type { DocumentIssue } from '@railhead/contracts';

/** What the headers of a webhook say. */
export interface Delivery {
  readonly topic: string;
  readonly signature: string;
  /** Not covered by the signature; the address is what counts. */
  readonly shop?: string | undefined;
  readonly apiVersion?: string | undefined;
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Shopify writes its headers with `X-` and, for the newer kind of subscription, without. */
function header(headers: Headers, name: string): string | undefined {
  const value = headers[`x-shopify-${name}`] ?? headers[`shopify-${name}`];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** Reads the headers of a webhook, or names those that are missing. */
export function readDelivery(headers: Headers, shop: string): Delivery | DocumentIssue[] {
  const topic = header(headers, 'topic');
  const signature = header(headers, 'hmac-sha256');
  const named = header(headers, 'shop-domain');
  const issues: DocumentIssue[] = [];
  if (topic === undefined) issues.push(missing('X-Shopify-Topic'));
  if (signature === undefined) issues.push(missing('X-Shopify-Hmac-Sha256'));
  if (named !== undefined && named.toLowerCase() !== shop) {
    issues.push({
      code: 'OTHER_SHOP',
      at: 'X-Shopify-Shop-Domain',
      message: 'the webhook names another shop than its address does',
    });
  }
  if (issues.length > 0 || topic === undefined || signature === undefined) return issues;
  return { topic: topic.toLowerCase(), signature, shop: named, apiVersion: header(headers, 'api-version') };
}

function missing(name: string): DocumentIssue {
  return { code: 'HEADER_MISSING', at: name, message: `the header ${name} is missing` };
}
