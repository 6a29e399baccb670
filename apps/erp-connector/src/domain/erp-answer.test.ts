import { describe, expect, it } from '@jest/globals';
import { judgeLookUp, judgeWrite, retryAfterMsOf, type ErpAnswer } from './erp-answer.js';

const answer = (status: number, body: unknown = {}, retryAfterMs?: number): ErpAnswer => ({
  status,
  body,
  retryAfterMs,
});
const KEY = 'ref-1';
const none = (reached: boolean): ErpAnswer => ({ status: undefined, reached, why: 'no answer' });

describe('the answer to a write', () => {
  it.each([200, 201, 202])('%i with a number means that the ERP has the order', (status) => {
    expect(judgeWrite(answer(status, { number: 'SO1', more: 'fields' }), KEY)).toEqual({
      kind: 'taken',
      number: 'SO1',
    });
  });

  it.each([
    ['2xx that cannot be read', answer(201, 'Created')],
    ['2xx without a number', answer(200, { number: '' })],
    ['a time-out or a cut connection', none(true)],
    ['500', answer(500)],
    ['501', answer(501)],
    ['502: the proxy lost the ERP in the middle', answer(502)],
    ['504', answer(504)],
    ['408', answer(408)],
    ['409: the ERP may have it already', answer(409)],
    ['425', answer(425)],
  ])('%s means that nobody knows', (_what, given) => {
    expect(judgeWrite(given, KEY).kind).toBe('unknown');
  });

  it.each([400, 404, 405, 410, 413, 422, 499])('%i is a no to this order', (status) => {
    expect(judgeWrite(answer(status, { message: 'no such customer' }), KEY)).toEqual({
      kind: 'refused',
      why: `${status} no such customer`,
    });
  });

  it.each([
    ['503', answer(503)],
    ['a refused connection', none(false)],
    ['401: a token that ran out', answer(401)],
    ['403', answer(403)],
    ['302: an address that moved', answer(302)],
  ])('%s is no fault of the order: it waits', (_what, given) => {
    expect(judgeWrite(given, KEY).kind).toBe('away');
  });

  it('names our reference, or none; about another order it says nothing of ours', () => {
    const about = (externalReference?: string) => judgeWrite(answer(200, { number: 'SO1', externalReference }), KEY);
    for (const named of [KEY, '', undefined]) expect(about(named)).toEqual({ kind: 'taken', number: 'SO1' });
    expect(about('ref-2').kind).toBe('unknown');
  });

  it('429 asks us to slow down', () => {
    expect(judgeWrite(answer(429, {}, 3000), KEY)).toMatchObject({ kind: 'slow-down', retryAfterMs: 3000 });
  });

  it.each([409, 429, 503])('%i may say for how long', (status) => {
    expect(judgeWrite(answer(status, {}, 9000), KEY)).toMatchObject({ retryAfterMs: 9000 });
  });
});

describe('the answer to a look-up', () => {
  const orders = (...references: string[]): ErpAnswer =>
    answer(200, { salesOrders: references.map((externalReference, n) => ({ number: `SO${n}`, externalReference })) });

  it('finds the order that carries our reference', () => {
    expect(judgeLookUp(orders(KEY), KEY)).toEqual({ kind: 'found', number: 'SO0', times: 1, revision: 0 });
  });

  it.each([4, '4'])('tells which change of it the ERP holds: %j', (revision) => {
    const found = answer(200, { salesOrders: [{ number: 'SO0', externalReference: KEY, revision }] });
    expect(judgeLookUp(found, KEY)).toMatchObject({ kind: 'found', revision: 4 });
  });

  it('tells when the ERP holds it more than once', () => {
    expect(judgeLookUp(orders(KEY, KEY), KEY)).toMatchObject({ kind: 'found', times: 2 });
  });

  it('says that it is not there only when the ERP says so', () => {
    expect(judgeLookUp(orders(), KEY)).toEqual({ kind: 'absent' });
  });

  it.each([
    ['other orders: the ERP ignores what we ask for', orders('ref-2')],
    ['something that cannot be read', answer(200, '<html>')],
    ['an empty object', answer(200, {})],
    ['204', answer(204, '')],
    ['400', answer(400)],
    ['500', answer(500)],
  ])('is not taken for a no when it is %s', (_what, given) => {
    expect(judgeLookUp(given, KEY).kind).toBe('unknown');
  });

  it.each([404, 401, 403, 502, 503, 504])('%i means that there is nobody to ask now', (status) => {
    expect(judgeLookUp(answer(status), KEY).kind).toBe('away');
  });

  it.each([true, false])('that never comes means the same (reached: %s)', (reached) => {
    expect(judgeLookUp(none(reached), KEY).kind).toBe('away');
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-02-03T10:00:00Z');
  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Tue, 03 Feb 2026 10:00:30 GMT', 30_000],
    ['Tue, 03 Feb 2026 09:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    [null, undefined],
  ])('%j is %s ms', (header, expected) => {
    expect(retryAfterMsOf(header, now)).toBe(expected);
  });
});
