import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Database } from '@railhead/database';
import { Clock, type Role } from '@railhead/service-kit';
import { createHash, randomBytes } from 'node:crypto';
import { DataSource, IsNull, type Repository } from 'typeorm';
import { GatewaySettings } from '../gateway-settings.js';
import { ApiKey } from './api-key.entity.js';

export interface NewKey {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly accountId?: string | undefined;
  readonly expiresAt?: Date | undefined;
  readonly createdBy: string;
}

export function secretHash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** API keys. A cold path: few rows, few writes, so plain TypeORM. */
@Injectable()
export class ApiKeyStore implements OnModuleInit, OnModuleDestroy {
  private readonly source: DataSource;
  private readonly keys: Repository<ApiKey>;

  constructor(
    db: Database,
    private readonly settings: GatewaySettings,
    private readonly clock: Clock,
  ) {
    this.source = new DataSource({
      type: 'postgres',
      url: db.url,
      schema: db.schema,
      entities: [ApiKey],
      applicationName: `railhead-${db.schema}-keys`,
      extra: { max: 2 },
    });
    this.keys = this.source.getRepository(ApiKey);
  }

  async onModuleInit(): Promise<void> {
    if (this.source.isInitialized) return; // Nest calls this for the HTTP side and again for the bus side
    await this.source.initialize();
    const first = this.settings.bootstrapAdminKey;
    if (first === undefined || (await this.keys.count()) > 0) return;
    const [keyId = '', secret = ''] = first.split('.');
    await this.insert(keyId, secret, { name: 'first admin', roles: ['admin'], createdBy: 'bootstrap' });
  }

  async onModuleDestroy(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }

  /** Returns the key as the caller will send it; its secret is nowhere else. */
  async create(wanted: NewKey): Promise<{ key: string; row: ApiKey }> {
    const keyId = `rk_${randomBytes(9).toString('hex')}`;
    const secret = randomBytes(32).toString('base64url');
    return { key: `${keyId}.${secret}`, row: await this.insert(keyId, secret, wanted) };
  }

  find(keyId: string): Promise<ApiKey | null> {
    return this.keys.findOneBy({ keyId });
  }

  list(): Promise<ApiKey[]> {
    return this.keys.find({ order: { createdAt: 'ASC', keyId: 'ASC' } });
  }

  /** False when there is no such key, or it was revoked before. */
  async revoke(keyId: string): Promise<boolean> {
    const revoked = await this.keys.update({ keyId, revokedAt: IsNull() }, { revokedAt: this.clock.now() });
    return (revoked.affected ?? 0) > 0;
  }

  private async insert(keyId: string, secret: string, wanted: NewKey): Promise<ApiKey> {
    const row: ApiKey = {
      keyId,
      name: wanted.name,
      secretSha256: secretHash(secret),
      roles: [...wanted.roles],
      accountId: wanted.accountId ?? null,
      createdAt: this.clock.now(),
      createdBy: wanted.createdBy,
      expiresAt: wanted.expiresAt ?? null,
      revokedAt: null,
    };
    await this.keys.insert(row);
    return row;
  }
}
