import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshInterchange, freshPoNumber, poNumbersIn } from './fresh-interchange.js';
import { freshOrder, poNumberOf } from './fresh-order.js';

const samples = join(import.meta.dirname, '../../../../samples');
const clean = readFileSync(join(samples, '850.clean.edi'));
const fresh = { controlNumber: 987_654_321 };
const segmentsOf = (bytes: Buffer, terminator = '~', separator = '*') =>
  bytes
    .toString('latin1')
    .split(terminator)
    .map((segment) => segment.trim().split(separator));
const elementOf = (bytes: Buffer, tag: string, element: number) =>
  segmentsOf(bytes).find(([id]) => id === tag)?.[element];

describe('a sample with --new-po', () => {
  const sent = freshInterchange(clean, fresh);

  it('has the same new control numbers at both ends of its envelopes', () => {
    expect([elementOf(sent, 'ISA', 13), elementOf(sent, 'IEA', 2)]).toEqual(['987654321', '987654321']);
    expect([elementOf(sent, 'GS', 6), elementOf(sent, 'GE', 2)]).toEqual(['987654321', '987654321']);
  });

  it('has a new PO number that begins like the old one', () => {
    expect(poNumbersIn(sent)).toEqual(['ACME-10001-GC0UY9']);
  });

  it('is the same in every other element', () => {
    const changed = segmentsOf(sent).flatMap((elements, index) => {
      const before = segmentsOf(clean)[index] ?? [];
      return elements.flatMap((value, at) => (value === before[at] ? [] : [`${elements[0]}${at}`]));
    });
    expect(changed).toEqual(['ISA13', 'GS6', 'BEG3', 'GE2', 'IEA2']);
  });

  it('keeps the ISA at its 106 characters for a small number', () => {
    const small = freshInterchange(clean, { controlNumber: 7 });
    expect(small.toString('latin1', 105, 106)).toBe('~');
    expect(elementOf(small, 'ISA', 13)).toBe('000000007');
  });

  it('is another order the next time', () => {
    expect(poNumbersIn(freshInterchange(clean, { controlNumber: 1 }))).not.toEqual(
      poNumbersIn(freshInterchange(clean, { controlNumber: 2 })),
    );
  });
});

describe('rewriting', () => {
  it('takes the delimiters from the ISA', () => {
    const piped = Buffer.from(clean.toString('latin1').replaceAll('*', '|').replaceAll('~\n', "'"), 'latin1');
    expect(poNumbersIn(freshInterchange(piped, fresh))).toEqual(['ACME-10001-GC0UY9']);
  });

  it('gives the second interchange of a file the next number', () => {
    const both = freshInterchange(Buffer.concat([clean, clean]), { controlNumber: 999_999_999 });
    const numbers = segmentsOf(both)
      .filter(([tag]) => tag === 'ISA')
      .map((elements) => elements[13]);
    expect(numbers).toEqual(['999999999', '000000000']);
  });

  it('keeps bytes that are no ASCII', () => {
    const named = Buffer.from(clean.toString('latin1').replace('Robin Vega', 'Zoë Müller'), 'latin1');
    expect(freshInterchange(named, fresh).includes(Buffer.from('Zoë Müller', 'latin1'))).toBe(true);
  });

  it.each(['', 'hello', 'ISA*00*'])('leaves %j alone: Railhead says what is wrong with it', (text) => {
    expect(freshInterchange(Buffer.from(text), fresh).toString()).toBe(text);
  });

  it('never makes a PO number longer than the 22 characters of X12', () => {
    expect(freshPoNumber('1234567890123456', fresh)).toBe('123456789012345-GC0UY9');
    expect(freshPoNumber('123456789012345', fresh)).toHaveLength(22);
  });
});

describe('a JSON order with --new-po', () => {
  const order = readFileSync(join(samples, 'order.json'));

  it('has a new PO number and is the same otherwise', () => {
    const sent = freshOrder(order, fresh);
    expect(poNumberOf(sent)).toBe('GLX-3001-GC0UY9');
    expect({ ...(JSON.parse(sent.toString()) as object), purchaseOrderNumber: 'GLX-3001' }).toEqual(
      JSON.parse(order.toString()),
    );
  });

  it.each(['{"a":', '[]', '"x"', '{"purchaseOrderNumber":5}'])('leaves %s alone', (text) => {
    expect(freshOrder(Buffer.from(text), fresh).toString()).toBe(text);
    expect(poNumberOf(Buffer.from(text))).toBeUndefined();
  });
});
