import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';

export const SECRET = 'a-secret-of-the-test-shop';
export const SHOP = { domain: 'test-shop.myshopify.com', accountId: 'SHOP', secrets: [SECRET] };

type Fixture = 'two-lines-discount' | 'tax-included';

/** The text of a recorded webhook body, with texts of it replaced. Every text to be replaced must be there. */
export function anOrderText(
  fixture: Fixture = 'two-lines-discount',
  changes: readonly (readonly [string, string])[] = [],
): string {
  const text = readFileSync(new URL(`../../fixtures/order.${fixture}.json`, import.meta.url), 'utf8');
  return changes.reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`the fixture does not contain ${from}`);
    return changed.replace(from, to);
  }, text);
}

export function signatureOf(body: string, secret = SECRET): string {
  return createHmac('sha256', secret).update(body).digest('base64');
}
