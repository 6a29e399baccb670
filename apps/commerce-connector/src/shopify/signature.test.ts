import { describe, expect, it } from '@jest/globals';
import { readDelivery } from './delivery.js';
import { isSigned } from './signature.js';
import { SECRET, SHOP, signatureOf } from './testing.js';

const body = '{"id":1}';

describe('a signature', () => {
  it('is that of the exact bytes', () => {
    expect(isSigned(Buffer.from(body), signatureOf(body), [SECRET])).toBe(true);
    expect(isSigned(Buffer.from(`${body} `), signatureOf(body), [SECRET])).toBe(false);
  });

  it('may be made with the secret before the current one while that is being changed', () => {
    const old = signatureOf(body, 'the-secret-before');
    expect(isSigned(Buffer.from(body), old, [SECRET, 'the-secret-before'])).toBe(true);
    expect(isSigned(Buffer.from(body), old, [SECRET])).toBe(false);
  });

  it('is wrong when it is too short, too long or not base64', () => {
    const whole = Buffer.from(signatureOf(body), 'base64');
    for (const wrong of [
      '',
      'abc',
      whole.subarray(0, 31).toString('base64'),
      Buffer.concat([whole, whole]).toString('base64'),
      whole.toString('hex'),
      '%%%',
    ]) {
      expect(isSigned(Buffer.from(body), wrong, [SECRET])).toBe(false);
    }
  });
});

describe('the headers of a webhook', () => {
  it('are read in both spellings', () => {
    const expected = { topic: 'orders/create', signature: 's' };
    expect(
      readDelivery({ 'x-shopify-topic': 'orders/create', 'x-shopify-hmac-sha256': 's' }, SHOP.domain),
    ).toMatchObject(expected);
    expect(readDelivery({ 'shopify-topic': 'orders/create', 'shopify-hmac-sha256': 's' }, SHOP.domain)).toMatchObject(
      expected,
    );
  });

  it('are all named when they are missing, and the shop when it is another', () => {
    expect(readDelivery({ 'x-shopify-shop-domain': 'other.myshopify.com' }, SHOP.domain)).toMatchObject([
      { at: 'X-Shopify-Topic' },
      { at: 'X-Shopify-Hmac-Sha256' },
      { code: 'OTHER_SHOP' },
    ]);
  });
});
