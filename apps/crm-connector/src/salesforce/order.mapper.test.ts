import { describe, expect, it } from '@jest/globals';
import { parseLosslessly } from '@railhead/connector-kit';
import { arithmeticIssues, type CanonicalOrder } from '@railhead/contracts';
import fc from 'fast-check';
import { aDeal, aDealLine } from '../testing/deals.js';
import type { FakeDeal } from '../testing/fake-salesforce.js';
import { toOrder, type Mapped, type Origin } from './order.mapper.js';
import { Opportunity } from './salesforce.schemas.js';

const ORIGIN: Origin = {
  organization: { organizationId: '00D5w000004qGTOEA2', currency: 'USD', purchaseOrderField: 'PO_Number__c' },
  receivedAt: '2026-02-03T10:00:00.000Z',
  sha256: '0'.repeat(64),
};

function mapped(change: Partial<FakeDeal> = {}): Mapped {
  const { OpportunityLineItems: records, ...deal } = aDeal(change);
  const text = JSON.stringify({ ...deal, OpportunityLineItems: { done: true, records } });
  return toOrder(Opportunity.parse(parseLosslessly(text)), ORIGIN);
}

function order(change: Partial<FakeDeal> = {}): CanonicalOrder {
  const result = mapped(change);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.order;
}

/** Pointers of everything that is written in the order, down to the leaves. */
function leavesOf(value: unknown, at = ''): string[] {
  if (value === null || typeof value !== 'object') return [at];
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, `${at}/${name}`));
}

describe('a won deal', () => {
  it('becomes an order of the account, with every amount exact', () => {
    const canonical = order({ PO_Number__c: ' GX-77 ' });
    expect(canonical).toMatchObject({
      purchaseOrderNumber: 'GX-77',
      issuedOn: '2026-02-02',
      currency: 'USD',
      controlTotals: { amount: '151.5' },
    });
    expect(canonical.lines.map((line) => line.lineExtensionAmount.minor)).toEqual([15_000, 150]);
    expect(arithmeticIssues(canonical)).toEqual([]);
  });

  it('is known by its own id where it has no PO number', () => {
    const deal = aDeal({ PO_Number__c: ' ' });
    expect(order(deal)).toMatchObject({
      purchaseOrderNumber: deal.Id,
      provenance: { fields: { '/purchaseOrderNumber': '/Id' } },
    });
  });

  it('is in the currency it names, or else in that of the organization', () => {
    expect(order({ CurrencyIsoCode: 'EUR' }).currency).toBe('EUR');
    expect(order().provenance.fields['/currency']).toBe('the settings of the organization');
  });

  it('knows a product by its stock keeping unit, or else by its code', () => {
    expect(order().lines.map((line) => line.item.sellersItemId)).toEqual(['RH-1001', 'RH-1003']);
  });

  it('takes the discount of a line off as Salesforce does', () => {
    const canonical = order({
      OpportunityLineItems: [aDealLine({ Quantity: 3, UnitPrice: 9.99, Discount: 12.5, TotalPrice: 26.22 })],
      Amount: 26.22,
    });
    expect(canonical.lines[0]).toMatchObject({
      allowanceCharges: [{ percent: '12.5', base: { minor: 2997 }, amount: { minor: 375 } }],
      lineExtensionAmount: { minor: 2622 },
    });
    expect(arithmeticIssues(canonical)).toEqual([]);
  });

  it('has lines that come to what Salesforce says to the cent, whatever the discount', () => {
    const property = fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 0, max: 99_999 }),
      fc.integer({ min: 1, max: 200 }),
      (quantity, cents, halfPercents) => {
        const total = Math.floor((quantity * cents * (200 - halfPercents) * 2 + 200) / 400) / 100;
        const change = { Quantity: quantity, UnitPrice: cents / 100, Discount: halfPercents / 2, TotalPrice: total };
        const canonical = order({ OpportunityLineItems: [aDealLine(change)], Amount: total });
        expect(canonical.totals.payable.minor / 100).toBe(total);
        expect(arithmeticIssues(canonical)).toEqual([]);
      },
    );
    fc.assert(property, {
      examples: [
        [1, 990, 10],
        [7, 50, 25],
      ],
    });
  });

  it('wants a line by its service date', () => {
    expect(
      order({ OpportunityLineItems: [aDealLine({ ServiceDate: '2026-03-01' })] }).lines[0]!.schedules,
    ).toMatchObject([{ quantity: { value: '12' }, requestedTo: '2026-03-01' }]);
  });

  it('splits a street of several lines and names the country by its code', () => {
    const parties = order().parties;
    expect(parties.map((party) => party.role)).toEqual(['buyer', 'billTo', 'shipTo']);
    expect(parties[1]!.postalAddress).toMatchObject({ lines: ['1 Plaza', 'Floor 3'], country: 'US' });
    expect(parties[2]!.postalAddress).toMatchObject({ lines: ['Dock 2'], country: 'USA' });
  });

  it('keeps a country it does not know in the address', () => {
    const account = { ...aDeal().Account, ShippingCountry: 'Freedonia' };
    expect(order({ Account: account }).parties[2]!.postalAddress).toEqual({
      lines: ['Dock 2', 'Freedonia'],
      city: 'Springfield',
      subdivision: 'OR',
      postalCode: '97478',
    });
  });

  it('keeps every line of a long address, and cuts words that are too long', () => {
    const rest = { ...aDeal().Account, Name: 'G'.repeat(255), ShippingCountry: 'Freedonia' };
    const street = ['Gate 1', 'Hall 2', 'Aisle 3', 'Dock 4', 'Bay 5', 'c/o Wu', 'Room 7'];
    const line = aDealLine({ Product2: { StockKeepingUnit: 'RH-1001', Name: 'H'.repeat(255) } });
    const long = order({ Account: { ...rest, ShippingStreet: street.join('\n') }, OpportunityLineItems: [line] });
    expect(long.parties[2]!.postalAddress!.lines).toEqual([[...street, 'Freedonia'].join(', ')]);
    expect([long.parties[0]!.name?.length, long.lines[0]!.item.name?.length]).toEqual([120, 200]);
  });

  it('says for every field where it comes from', () => {
    const canonical = order({
      OpportunityLineItems: [aDealLine({ Discount: 10, ServiceDate: '2026-03-01' }), aDealLine()],
    });
    const places = Object.keys(canonical.provenance.fields);
    const ours =
      /^\/(schemaVersion|orderId|businessKey|channel|orderTypeCode|purpose|totals|provenance|extras)|\/lineExtensionAmount/;
    const unexplained = leavesOf(canonical).filter(
      (leaf) => !ours.test(leaf) && !places.some((place) => leaf === place || leaf.startsWith(`${place}/`)),
    );
    expect(unexplained).toEqual([]);
  });
});

describe('a faulty deal', () => {
  it('is refused with all its faults and their places at once', () => {
    const lines = [
      aDealLine({ UnitPrice: -1 }),
      aDealLine({ ProductCode: null, Product2: null }),
      aDealLine({ Discount: -5 }),
    ];
    const result = mapped({ CurrencyIsoCode: 'XQX', Account: null, OpportunityLineItems: lines });
    expect(result).toMatchObject({ ok: false });
    expect((result as { issues: { at: string }[] }).issues.map((issue) => issue.at)).toEqual([
      '/CurrencyIsoCode',
      '/Account',
      '/OpportunityLineItems/records/0/UnitPrice',
      '/OpportunityLineItems/records/1/Product2/StockKeepingUnit',
      '/OpportunityLineItems/records/2/Discount',
    ]);
  });

  it('says where a value is that our order cannot hold', () => {
    expect(mapped({ CloseDate: 'soon' })).toMatchObject({ ok: false, issues: [{ at: '/CloseDate' }] });
    expect(
      mapped({ OpportunityLineItems: [aDealLine({ Quantity: 1e14, UnitPrice: 1e14, Discount: 5 })] }),
    ).toMatchObject({ issues: [{ code: 'OUT_OF_RANGE' }] });
    expect(mapped({ OpportunityLineItems: [aDealLine({ Quantity: 1e15, UnitPrice: 1e14 })] })).toMatchObject({
      ok: false,
    });
  });
});
