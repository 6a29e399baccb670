import { Body, Controller, Delete, Get, HttpCode, NotFoundException, Param, Post, Req } from '@nestjs/common';
import { Access, Authenticator, parseBody, ROLES, type AuthenticatedRequest } from '@railhead/service-kit';
import { z } from 'zod';
import type { ApiKey } from '../store/api-key.entity.js';
import { ApiKeyStore } from '../store/api-key.store.js';
import { ApiKeyAuthenticator } from './api-key.authenticator.js';
import { callerOf } from './door.js';
import { ADMIN_ROLES } from './roles.js';

const OUTSIDE = new Set<string>(['partner', 'viewer']);

export const KeyBody = z
  .strictObject({
    name: z.string().trim().min(1).max(120),
    roles: z.array(z.enum(ROLES)).min(1).max(ROLES.length),
    accountId: z.string().trim().min(1).max(60).optional().describe('the only account whose orders this key sees'),
    expiresAt: z.iso.datetime().optional(),
  })
  .refine((key) => !key.roles.includes('partner') || key.accountId !== undefined, {
    path: ['accountId'],
    message: "a partner's key needs the account it belongs to",
  })
  .refine((key) => key.accountId === undefined || key.roles.every((role) => OUTSIDE.has(role)), {
    path: ['roles'],
    message: 'a key for one account can be partner or viewer only',
  })
  .meta({ id: 'NewKey' });

/** A key without its secret. */
export interface ShownKey {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly accountId: string | null;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

/** Who may call. */
@Controller()
export class KeysController {
  constructor(
    private readonly keys: ApiKeyStore,
    private readonly authenticator: Authenticator,
  ) {}

  @Get('v1/keys')
  @Access({ roles: ADMIN_ROLES })
  async list(): Promise<{ keys: ShownKey[] }> {
    return { keys: (await this.keys.list()).map(shown) };
  }

  @Post('v1/keys')
  @Access({ roles: ADMIN_ROLES })
  async create(@Req() request: AuthenticatedRequest, @Body() body: unknown): Promise<ShownKey & { key: string }> {
    const { name, roles, accountId, expiresAt } = parseBody(KeyBody, body);
    const expires = expiresAt === undefined ? undefined : new Date(expiresAt);
    const { key, row } = await this.keys.create({
      name,
      roles,
      accountId,
      expiresAt: expires,
      createdBy: callerOf(request).id,
    });
    return { ...shown(row), key };
  }

  @Delete('v1/keys/:id')
  @HttpCode(204)
  @Access({ roles: ADMIN_ROLES })
  async revoke(@Param('id') id: string): Promise<void> {
    const revoked = await this.keys.revoke(id);
    if (this.authenticator instanceof ApiKeyAuthenticator) this.authenticator.forget(id);
    if (!revoked) throw new NotFoundException(`no key ${id} is in use`);
  }
}

function shown(row: ApiKey): ShownKey {
  const { keyId, name, roles, accountId, createdAt, createdBy, expiresAt, revokedAt } = row;
  return { id: keyId, name, roles, accountId, createdAt, createdBy, expiresAt, revokedAt };
}
