import { expect, it } from '@jest/globals';
import { loadConfig } from './config.js';

it('has no shops unless some are set up', () => {
  expect(loadConfig({})).toEqual({ shops: [] });
});

it('reads shops and writes their domains small', () => {
  const shops = JSON.stringify([{ domain: 'My-Shop.myshopify.com', accountId: 'SHOP', secrets: ['12345678'] }]);
  expect(loadConfig({ SHOPIFY_SHOPS: shops }).shops).toMatchObject([{ domain: 'my-shop.myshopify.com' }]);
});

it('names what is wrong without showing a secret', () => {
  const wrong = [JSON.stringify([{ domain: 'x', accountId: '', secrets: ['hidden7'] }]), '[{"secrets":["hidden7"'];
  for (const text of wrong) {
    const load = (): unknown => loadConfig({ SHOPIFY_SHOPS: text });
    expect(load).toThrow('SHOPIFY_SHOPS');
    expect(load).not.toThrow('hidden7');
  }
  expect(() => loadConfig({ SHOPIFY_SHOPS_FILE: '/nowhere/shops.json' })).toThrow('cannot be read');
});
