import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { packHeaders, unpackHeaders } from './headers.js';

const KEY = '0190f1a2-0000-7abc-8def-0123456789ab';
const TYPE = 'order.captured.v1';
const BESIDE = { key: KEY, type: TYPE };
const USUAL = {
  ce_specversion: '1.0',
  ce_id: '0190f1a2-0000-7abc-8def-0123456789ac',
  ce_type: TYPE,
  ce_source: 'edi-connector',
  ce_subject: KEY,
  ce_time: '2026-02-03T04:05:06.789Z',
  ce_correlationid: '0190f1a2-0000-7abc-8def-0123456789ad',
  ce_causationid: '0190f1a2-0000-7abc-8def-0123456789ae',
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  rh_seq: '3',
};
const there = (headers: Record<string, string>, beside: { key: string; type?: string } = BESIDE): unknown =>
  unpackHeaders(packHeaders(headers, beside), beside);

describe('packed headers', () => {
  it('come back as they were, in their order', () => {
    expect(Object.entries(there(USUAL) as object)).toEqual(Object.entries(USUAL));
  });

  it('are a third of their JSON at most', () => {
    expect(packHeaders(USUAL, BESIDE).length * 3).toBeLessThan(JSON.stringify(USUAL).length);
  });

  it.each([
    ['an id in capitals', { ce_id: KEY.toUpperCase() }],
    ['an id that is none', { ce_id: 'order-1' }],
    ['an id with a dash in another place', { ce_id: '0190f1a20-000-7abc-8def-0123456789ab' }],
    ['an id with a digit that is none', { ce_id: '0190f1a2-0000-7abc-8def-0123456789ag' }],
    ['an id with a letter beyond ASCII', { ce_id: '0190f1a2-0000-7abc-8def-0123456789aé' }],
    ['a trace with a digit that is none', { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e473x-00f067aa0ba902b7-01' }],
    ['a trace that goes on', { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-00' }],
    ['another instant notation', { ce_time: '2026-02-03T04:05:06Z' }],
    ['an instant that does not exist', { ce_time: '2026-02-30T04:05:06.000Z' }],
    ['an instant before 1970', { ce_time: '1969-12-31T23:59:59.999Z' }],
    ['another trace version', { traceparent: '01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' }],
    ['a number with a zero in front', { rh_seq: '007' }],
    ['a number too large to be exact', { rh_seq: '999999999999999' }],
    ['another subject than the key', { ce_subject: 'somebody else' }],
    ['another version', { ce_specversion: '1.1' }],
    ['nothing', { ce_id: '', ce_time: '', rh_seq: '', '': '' }],
    ['text beyond ASCII', { ce_source: 'Größe 📦', 'x-größe': '\u0000' }],
    ['a long text', { 'x-error': 'é'.repeat(70_000) }],
  ])('keep %s', (_, headers) => {
    expect(there(headers)).toEqual(headers);
  });

  it('keep any headers whatever', () => {
    const name = fc.oneof(
      fc.constantFrom(...Object.keys(USUAL)),
      fc.string().filter((one) => one !== '__proto__'),
    );
    const value = fc.oneof(
      fc.constantFrom(...Object.values(USUAL)),
      fc.string({ unit: 'binary' }).filter((one) => one.isWellFormed()),
    );
    fc.assert(
      fc.property(fc.dictionary(name, value), fc.string(), (headers, key) =>
        expect(there(headers, { key })).toEqual({ ...headers }),
      ),
    );
  });

  it('reads rows that were written as JSON', () => {
    expect(unpackHeaders(Buffer.from('{"ce_id":"1"}'), BESIDE)).toEqual({ ce_id: '1' });
  });

  it('says so when the bytes are none', () => {
    expect(() => unpackHeaders(Buffer.from([0x55]), BESIDE)).toThrow(RangeError);
    expect(() => unpackHeaders(packHeaders(USUAL, BESIDE).subarray(0, 12), BESIDE)).toThrow(RangeError);
  });
});
