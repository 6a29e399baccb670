import { describe, expect, it } from '@jest/globals';
import { STANDARD_SCHEMAS } from '../schema/standard-schemas.js';
import { codeName } from './code-names.js';
import { elementName, envelopeElementName } from './element-names.js';
import { placeName } from './place-names.js';
import { segmentName } from './segment-names.js';

const schemas = ['004010', '005010'].flatMap((release) =>
  STANDARD_SCHEMAS.setCodes.flatMap((code) => STANDARD_SCHEMAS.find(code, release) ?? []),
);
const rules = schemas.flatMap((schema) => [...schema.rules.values()]).filter(({ elements }) => elements.length > 0);

describe('names', () => {
  it('are there for every segment that a set of ours may have', () => {
    const ids = new Set(schemas.flatMap((schema) => [...schema.ids]));
    expect([...ids].filter((id) => segmentName(id) === undefined)).toEqual([]);
  });

  it('are there for every element that we check', () => {
    const all = rules.flatMap(({ elements }) => [...elements, ...elements.flatMap(({ components }) => components)]);
    const numbers = new Set(all.map(({ number }) => number).filter((number) => /^C?\d+$/.test(number)));
    expect([...numbers].filter((number) => elementName(number) === undefined && Number(number) < 9990)).toEqual([]);
  });

  it('call a level a level and its parent a parent', () => {
    const hl = rules.find(({ id }) => id === 'HL');
    expect(hl?.elements.map(({ number }) => elementName(number))).toEqual([
      'level',
      'parent level',
      'level kind',
      'has levels below',
    ]);
  });

  it('tell amounts of one segment apart by where they stand', () => {
    expect([placeName('RMR', 4), placeName('RMR', 5), placeName('RMR', 2)]).toEqual(['paid', 'invoiced', undefined]);
    expect([codeName('I18', '025'), codeName('I17', 'R')]).toEqual(['control number used before', 'rejected']);
  });

  it('tell codes apart by the element they stand in', () => {
    expect([codeName('98', 'PR'), codeName('479', 'PR'), codeName('668', 'ZQ')]).toEqual(['payer', '855', undefined]);
  });

  it('cover the envelope by position', () => {
    expect([envelopeElementName('ISA', 13), envelopeElementName('GE', 3), envelopeElementName('toString', 1)]).toEqual([
      'control number',
      undefined,
      undefined,
    ]);
  });
});
