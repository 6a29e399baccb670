import { parseLosslessly } from '@railhead/connector-kit';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { aDeal } from '../testing/deals.js';
import { FakeSalesforce, ORG_ID } from '../testing/fake-salesforce.js';
import { Organization } from './organization.js';
import { SalesforceClient } from './salesforce.client.js';

let salesforce: FakeSalesforce;
beforeEach(async () => {
  salesforce = await FakeSalesforce.start();
});
afterEach(() => salesforce.stop());

function client(change: object = {}): SalesforceClient {
  const settings = { organizationId: ORG_ID, pathSecret: 'an-unguessable-part', login: salesforce.login, ...change };
  return new SalesforceClient(Organization.parse(settings));
}

it('reads nothing from an organization that is not the one set up', async () => {
  salesforce.organizationId = '00D5w000004qGTPEA2';
  await expect(client().readDeal(aDeal().Id)).rejects.toMatchObject({ code: 'PARTNER_REJECTED', retryable: false });
  expect(salesforce.count('/query')).toBe(0);
});

it('reads nothing while the field for the PO number does not exist', async () => {
  const deal = aDeal({ PO_Number__c: 'GX-1' });
  salesforce.deals.set(deal.Id, deal);
  const withField = client({ purchaseOrderField: 'PO_Number__c' });
  await expect(withField.readDeal(deal.Id)).rejects.toThrow('no field PO_Number__c');
  salesforce.extraFields = ['PO_Number__c'];
  expect((await withField.readDeal(deal.Id)).deal).toMatchObject({ PO_Number__c: 'GX-1' });
});

it('writes a PO number that is kept as a number without decimals, and leaves a text as it is', async () => {
  const [number, text] = [aDeal({ PO_Number__c: 4711 }), aDeal({ PO_Number__c: '4711.0' })];
  for (const deal of [number, text]) salesforce.deals.set(deal.Id, deal);
  salesforce.extraFields = ['PO_Number__c'];
  const read = async (deal: typeof number) =>
    (await client({ purchaseOrderField: 'PO_Number__c' }).readDeal(deal.Id)).deal;
  expect(await read(text)).toMatchObject({ PO_Number__c: '4711.0' });
  salesforce.fieldTypes = { PO_Number__c: 'double' };
  expect(await read(number)).toMatchObject({ PO_Number__c: '4711' });
});

it('asks for the currency only where there are several', async () => {
  const deal = aDeal({ CurrencyIsoCode: 'EUR' });
  salesforce.deals.set(deal.Id, deal);
  salesforce.extraFields = ['CurrencyIsoCode'];
  expect((await client().readDeal(deal.Id)).deal).toMatchObject({ CurrencyIsoCode: 'EUR' });
});

it('takes no part of the lines for all of them', async () => {
  const deal = aDeal();
  salesforce.deals.set(deal.Id, deal);
  salesforce.childPageSize = 1;
  salesforce.hidesNextPage = true;
  await expect(client().readDeal(deal.Id)).rejects.toMatchObject({ code: 'PARTNER_UNAVAILABLE', retryable: true });
});

it('says that a wrong secret will stay wrong', async () => {
  const wrong = client({ login: { ...salesforce.login, clientSecret: 'wrong' } });
  await expect(wrong.readDeal(aDeal().Id)).rejects.toMatchObject({ code: 'PARTNER_REJECTED' });
});

it('keeps a number with more digits than a double holds', () => {
  expect(parseLosslessly('{"price": 12345678901234.123456}')).toEqual({ price: '12345678901234.123456' });
});
