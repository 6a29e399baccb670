import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decimalOf } from '@railhead/connector-kit';
import { countryCodeOf } from './country.js';
import { isRecordId, toLongId } from './record-id.js';
import { changedQuery, dealQuery } from './soql.js';

it('writes numbers plainly, as exactly as they are meant', () => {
  for (const [text, plain] of [
    ['12.0', '12'],
    ['3.75', '3.75'],
    ['5.0E-4', '0.0005'],
    ['1.5e3', '1500'],
    ['0.30000000000000004', '0.3'],
    ['-0.10', '-0.1'],
    ['-0.0', '0'],
    ['0', '0'],
    ['100', '100'],
    ['99999999999', '99999999999'],
  ]) {
    expect(decimalOf(text!)).toBe(plain);
  }
  expect(decimalOf('many')).toBe('many');
});

it('gives back every amount in cents that went through a double', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), (cents) =>
      expect(decimalOf(String(cents / 100))).toBe(String(cents / 100)),
    ),
  );
});

it('adds to an id the suffix that says which characters are capitals', () => {
  expect(toLongId('0065w000023STAm')).toBe('0065w000023STAmAAO');
  expect(toLongId('00D5w000004qGTO')).toBe('00D5w000004qGTOEA2');
  expect(toLongId('00D5w000004qGTOEA2')).toBe('00D5w000004qGTOEA2');
});

it('knows ids of 15 and 18 characters, and sees when the suffix is wrong', () => {
  expect(['0065w000023STAm', '0065w000023STAmAAO'].every(isRecordId)).toBe(true);
  expect(['', '0065w000023STA', '0065w000023STAmAAP', "0065w000023STA'", '0065w000023STAmAA'].some(isRecordId)).toBe(
    false,
  );
});

it('puts nothing but ids into a query', () => {
  expect(() => dealQuery("x' OR Id != '", [])).toThrow('not a record id');
  expect(dealQuery('0065w000023STAmAAO', ['CurrencyIsoCode'])).toContain('CurrencyIsoCode, Account.Id');
});

it('asks for the rest of a second by id', () => {
  const stamp = new Date('2026-02-03T10:00:00.000Z');
  expect(changedQuery({ stamp, id: '' }, 10)).toContain('AND SystemModstamp >= 2026-02-03T10:00:00.000Z ORDER BY');
  expect(changedQuery({ stamp, id: '006' }, 10)).toContain(
    "(SystemModstamp > 2026-02-03T10:00:00.000Z OR (SystemModstamp = 2026-02-03T10:00:00.000Z AND Id > '006'))",
  );
});

it('knows countries by their code and by their English name', () => {
  expect(['us', 'USA', ' Germany ', 'Atlantis'].map(countryCodeOf)).toEqual(['US', 'USA', 'DE', undefined]);
});
