import { describe, expect, it } from '@jest/globals';
import { ForbiddenException, UnauthorizedException, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { ServiceContext } from '../nest/service-context.js';
import { Access, Authenticator, type AccessRule, type Caller } from './access.js';
import { AccessGuard, sameSecret } from './access.guard.js';

class KnownKeys extends Authenticator {
  override async callerOf(key: string): Promise<Caller | undefined> {
    return { warehouse: { id: 'w', roles: ['warehouse'] as const }, admin: { id: 'a', roles: ['admin'] as const } }[
      key
    ];
  }
}

/** What the guard says about one call. */
function ask(rule: AccessRule | undefined, headers: Record<string, string> = {}, token?: string): Promise<boolean> {
  const handler = (): void => {};
  if (rule !== undefined) Access(rule)(handler);
  const guard = new AccessGuard(new Reflector(), new KnownKeys(), {
    env: { INTERNAL_TOKEN: token },
  } as unknown as ServiceContext);
  const request = { headers };
  const context = {
    getType: () => 'http',
    getHandler: () => handler,
    getClass: () => class {},
    switchToHttp: () => ({ getRequest: () => request }),
  };
  return guard.canActivate(context as unknown as ExecutionContext);
}
const roles: AccessRule = { roles: ['warehouse', 'ops'] };

describe('a route', () => {
  it('is closed to everybody when it names nobody', async () => {
    await expect(ask(undefined, { authorization: 'Bearer admin' })).rejects.toThrow(ForbiddenException);
  });

  it('is open without a key only when it says so', async () => {
    expect(await ask('public')).toBe(true);
    expect(await ask('signed')).toBe(true);
    await expect(ask(roles)).rejects.toThrow(UnauthorizedException);
  });

  it('is open to a role it names and to an admin, in either header', async () => {
    expect(await ask(roles, { authorization: 'bearer warehouse' })).toBe(true);
    expect(await ask(roles, { 'x-api-key': 'admin' })).toBe(true);
  });

  it('is closed to a role it does not name, and to a key nobody knows', async () => {
    await expect(ask({ roles: ['finance'] }, { 'x-api-key': 'warehouse' })).rejects.toThrow(
      'one of the roles: finance',
    );
    await expect(ask(roles, { 'x-api-key': 'stolen' })).rejects.toThrow(UnauthorizedException);
  });

  it('for services of this installation is closed to people, and to everybody where no token is set', async () => {
    expect(await ask('internal', { authorization: 'Bearer right-token' }, 'right-token')).toBe(true);
    await expect(ask('internal', { authorization: 'Bearer admin' }, 'right-token')).rejects.toThrow(
      UnauthorizedException,
    );
    await expect(ask('internal', { authorization: 'Bearer undefined' })).rejects.toThrow(UnauthorizedException);
  });
});

it('compares secrets of different length without an error', () => {
  expect(sameSecret('a', 'ab')).toBe(false);
  expect(sameSecret('ab', 'ab')).toBe(true);
});
