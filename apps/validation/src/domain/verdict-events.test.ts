import { describe, expect, it } from '@jest/globals';
import type { CanonicalOrder } from '@railhead/contracts';
import { aLine, anOrder } from '@railhead/testing';
import { validatedData } from './verdict-events.js';

type Part = Omit<CanonicalOrder['lines'][number]['schedules'][number], 'scheduleId' | 'quantity'>;

const validated = (part: Part, delivery?: CanonicalOrder['delivery']) => {
  const schedules = [{ scheduleId: '1', quantity: { value: '12', unitCode: 'EA' }, ...part }];
  const order = anOrder({ lines: [aLine({ schedules })], ...(delivery && { delivery }) });
  return validatedData(order, [], 'ACME', 30, new Uint8Array());
};

describe('a validated order', () => {
  it('says when parts of it have a place of their own', () => {
    expect(validated({ shipTo: { role: 'shipTo', identifiers: [] } }).severalPlaces).toBe(true);
  });

  it('says when parts of it have a day of their own', () => {
    expect(validated({ requestedTo: '2026-02-10' }).severalPlaces).toBe(true);
    expect(validated({ despatchFrom: '2026-02-10' }, { despatchFrom: '2026-02-11' }).severalPlaces).toBe(true);
  });

  it('does not say so of a day that is the order’s as well', () => {
    expect(validated({ requestedTo: '2026-02-10' }, { requestedTo: '2026-02-10' }).severalPlaces).toBeUndefined();
    expect(validated({}).severalPlaces).toBeUndefined();
  });
});
