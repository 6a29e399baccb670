import { fitLines, fitText, Sourced } from '@railhead/connector-kit';
import type { OrderDraft } from '@railhead/contracts';
import { countryCodeOf } from './country.js';
import type { Account } from './salesforce.schemas.js';

type Party = OrderDraft['parties'][number];

const NAME_MAX = 120;
const LINE_MAX = 120;
const LINES_MAX = 6;

/** Who buys, who pays, where it goes: all from the account. The buyer is known by the number that we gave the account. */
export function toParties(account: Account): Sourced<Party[]> {
  const name = text(account.Name);
  const named = name === undefined ? {} : { name: fitText(name, NAME_MAX) };
  const buyer = Sourced.of<Party>(
    { role: 'buyer', accountId: text(account.AccountNumber) ?? '', ...named },
    { '/role': '/Account', '/accountId': '/Account/AccountNumber', '/name': '/Account/Name' },
  );
  const places = [addressOf('billTo', 'Billing', account, named), addressOf('shipTo', 'Shipping', account, named)];
  return Sourced.list([buyer, ...places.filter((place) => place !== undefined)]);
}

function addressOf(
  role: Party['role'],
  kind: 'Billing' | 'Shipping',
  account: Account,
  named: { name?: string },
): Sourced<Party> | undefined {
  const street = text(account[`${kind}Street`]);
  const city = text(account[`${kind}City`]);
  const subdivision = text(account[`${kind}State`]);
  const postalCode = text(account[`${kind}PostalCode`]);
  const country = text(account[`${kind}Country`]);
  if ([street, city, subdivision, postalCode, country].every((part) => part === undefined)) return undefined;
  const code = country === undefined ? undefined : countryCodeOf(country);
  const unknownCountry = code === undefined && country !== undefined ? [country] : [];
  const lines = [...(street?.split(/\r?\n/) ?? []), ...unknownCountry]
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const postalAddress = {
    lines: fitLines(lines, LINE_MAX, LINES_MAX),
    ...(city !== undefined && { city }),
    ...(subdivision !== undefined && { subdivision }),
    ...(postalCode !== undefined && { postalCode }),
    ...(code !== undefined && { country: code }),
  };
  return Sourced.of<Party>(
    { role, ...named, postalAddress },
    {
      '/role': '/Account',
      '/name': '/Account/Name',
      '/postalAddress/lines': `/Account/${kind}Street`,
      '/postalAddress/city': `/Account/${kind}City`,
      '/postalAddress/subdivision': `/Account/${kind}State`,
      '/postalAddress/postalCode': `/Account/${kind}PostalCode`,
      '/postalAddress/country': `/Account/${kind}Country`,
    },
  );
}

function text(value: string | null | undefined): string | undefined {
  return value?.trim() || undefined;
}
