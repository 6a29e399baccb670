import { describe, expect, it } from '@jest/globals';
import type { ArgumentsHost } from '@nestjs/common';
import type { ServiceContext } from '../nest/service-context.js';
import { Failure } from '../runtime/failure.js';
import { ProblemFilter } from './problem.filter.js';

interface Told {
  readonly status: number | undefined;
  readonly body: Record<string, unknown>;
  readonly logged: string;
}

/** What is answered to a request that ended with an error, and what the log says of it. */
function after(error: unknown): Told {
  const lines: unknown[] = [];
  const write = (fields: object): void => void lines.push({ ...fields, err: undefined });
  const told: { status?: number; body: Record<string, unknown> } = { body: {} };
  const reply = {
    status: (status: number) => Object.assign(reply, { _: (told.status = status) }),
    header: () => reply,
    send: (body: Record<string, unknown>) => Object.assign(reply, { _: (told.body = body) }),
  };
  const request = {
    id: 'req-7',
    method: 'POST',
    url: '/salesforce/s3cret-of-the-address/outbound-messages?q=Acme',
    routeOptions: { url: '/salesforce/:secret/outbound-messages' },
  };
  const host = { switchToHttp: () => ({ getRequest: () => request, getResponse: () => reply }) };
  const log = { warn: write, error: write };
  new ProblemFilter({ log } as unknown as ServiceContext).catch(error, host as unknown as ArgumentsHost);
  return { status: told.status, body: told.body, logged: JSON.stringify(lines) };
}

describe('a request that fails', () => {
  it.each([
    ['by a fault of ours', new Error('boom'), 500],
    ['for now', Failure.transient('SYSTEM_UNAVAILABLE', 'away'), 503],
  ])('%s is in the log under its id and route, never with the secret of its address', (_how, error, status) => {
    const told = after(error);
    expect(told.status).toBe(status);
    expect(told.logged).toContain('req-7');
    expect(told.logged).toContain('/salesforce/:secret/outbound-messages');
    expect(told.logged).not.toMatch(/s3cret|Acme/);
  });

  it('for a character that no table keeps is the caller’s to mend', () => {
    const told = after(Object.assign(new Error('invalid byte sequence'), { code: '22021' }));
    expect([told.status, told.body['error']]).toEqual([400, 'BAD_REQUEST']);
    expect(told.logged).toContain('req-7'); // should it be ours after all
  });
});
