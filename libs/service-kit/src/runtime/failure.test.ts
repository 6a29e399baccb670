import { expect, it } from '@jest/globals';
import { Failure, isInfrastructure, isOutage, tookTooLong } from './failure.js';

const withCode = (code: string): Error => Object.assign(new Error('x'), { code });

it.each(['08006', '57P01', '53300', '40001', '40P01', 'ECONNREFUSED', 'ECONNRESET', 'EAI_AGAIN'])(
  'takes %s for trouble of our own',
  (code) => {
    expect(isInfrastructure(withCode(code))).toBe(true);
  },
);

it.each(['23505', '23514', '22P02', '42P01', 'ENOENT'])('takes %s for a fault of the message or the code', (code) => {
  expect(isInfrastructure(withCode(code))).toBe(false);
});

it('knows how the PostgreSQL client says that a connection broke', () => {
  expect(isInfrastructure(new Error('Connection terminated unexpectedly'))).toBe(true);
  expect(isInfrastructure(new Error('timeout exceeded when trying to connect'))).toBe(true);
  expect(isOutage(new Error('Query read timeout'))).toBe(true);
});

it('does not take a statement that took too long for an outage', () => {
  expect([tookTooLong(withCode('57014')), isOutage(withCode('57014'))]).toEqual([true, false]);
  expect([tookTooLong(withCode('57P01')), isOutage(withCode('57P01'))]).toEqual([false, true]);
});

it('takes of our own failures only an unavailable system', () => {
  expect(isInfrastructure(Failure.transient('SYSTEM_UNAVAILABLE', 'x'))).toBe(true);
  expect(isInfrastructure(Failure.transient('PARTNER_UNAVAILABLE', 'x'))).toBe(false);
  expect(isInfrastructure('ECONNREFUSED')).toBe(false);
});

it('says whether it may pass, and keeps what caused it', () => {
  const cause = new Error('socket');
  expect(Failure.transient('CONFLICT', 'x', { cause, context: { n: 1 } })).toMatchObject({
    retryable: true,
    cause,
    context: { n: 1 },
  });
  expect(Failure.permanent('CONFLICT', 'x')).toMatchObject({ retryable: false, context: {}, retryAfterMs: undefined });
});
