import { fitLines, fitText, Sourced } from '@railhead/connector-kit';
import type { OrderDraft } from '@railhead/contracts';
import type { Shop } from './shop.js';
import type { ShopifyAddress, ShopifyOrder } from './shopify.schemas.js';

type Party = OrderDraft['parties'][number];

const SETTING = 'the settings of the shop';
const NAME_MAX = 120;
const LINE_MAX = 120;
const LINES_MAX = 6;

/** Who buys, who pays, where it goes. The buyer is the account that the shop is booked on. */
export function toParties(order: ShopifyOrder, shop: Shop): Sourced<Party[]> {
  const buyer = Sourced.of<Party>(
    { role: 'buyer', accountId: shop.accountId, ...named(order.billing_address) },
    {
      '/role': SETTING,
      '/accountId': SETTING,
      '/name': '/billing_address',
    },
  );
  const parties = [buyer];
  if (order.billing_address) parties.push(toParty('billTo', order.billing_address, '/billing_address', order));
  if (order.shipping_address) parties.push(toParty('shipTo', order.shipping_address, '/shipping_address', order));
  return Sourced.list(parties);
}

function toParty(role: Party['role'], address: ShopifyAddress, at: string, order: ShopifyOrder): Sourced<Party> {
  const contact = contactOf(address, order);
  const party: Party = {
    role,
    ...named(address),
    postalAddress: {
      lines: fitLines([address.address1, address.address2, namedCountry(address)].filter(isText), LINE_MAX, LINES_MAX),
      ...(isText(address.city) && { city: address.city }),
      ...(isText(subdivision(address)) && { subdivision: subdivision(address)! }),
      ...(isText(address.zip) && { postalCode: address.zip }),
      ...(isText(address.country_code) && { country: address.country_code }),
    },
    ...(Object.keys(contact).length > 0 && { contact }),
  };
  return Sourced.of(party, {
    '/role': at,
    '/name': isText(address.company) ? `${at}/company` : at,
    '/postalAddress/lines': `${at}/address1`,
    '/postalAddress/city': `${at}/city`,
    '/postalAddress/subdivision': isText(address.province_code) ? `${at}/province_code` : `${at}/province`,
    '/postalAddress/postalCode': `${at}/zip`,
    '/postalAddress/country': `${at}/country_code`,
    '/contact/name': at,
    '/contact/phone': isText(address.phone) ? `${at}/phone` : '/phone',
    '/contact/email': '/email',
  });
}

function isText(value: string | null | undefined): value is string {
  return value !== null && value !== undefined && value.trim() !== '';
}

/** Where it has no code, its name is better than nothing. */
function namedCountry(address: ShopifyAddress): string | null | undefined {
  return isText(address.country_code) ? undefined : address.country;
}

function subdivision(address: ShopifyAddress): string | undefined {
  return [address.province_code, address.province].find(isText);
}

function personOf(address: ShopifyAddress): string | undefined {
  const parts = [address.first_name, address.last_name].filter(isText);
  return parts.length > 0 ? parts.join(' ') : [address.name].find(isText);
}

function named(address: ShopifyAddress | null | undefined): { name?: string } {
  if (!address) return {};
  const name = isText(address.company) ? address.company : personOf(address);
  return name === undefined ? {} : { name: fitText(name, NAME_MAX) };
}

function contactOf(address: ShopifyAddress, order: ShopifyOrder): NonNullable<Party['contact']> {
  const name = isText(address.company) ? personOf(address) : undefined;
  const phone = [address.phone, order.phone].find(isText);
  return {
    ...(name !== undefined && { name: fitText(name, NAME_MAX) }),
    ...(phone !== undefined && { phone }),
    ...(isText(order.email) && { email: order.email }),
  };
}
