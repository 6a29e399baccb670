import { Injectable } from '@nestjs/common';
import { Authenticator, Clock, type Caller } from '@railhead/service-kit';
import { timingSafeEqual } from 'node:crypto';
import type { ApiKey } from '../store/api-key.entity.js';
import { ApiKeyStore, secretHash } from '../store/api-key.store.js';

/** A revoked key is refused everywhere within this time. */
const REMEMBERED_MS = 3000;
const REMEMBERED_MAX = 5000;

/** Knows callers by their API keys, `id.secret`. */
@Injectable()
export class ApiKeyAuthenticator extends Authenticator {
  private readonly remembered = new Map<string, { row: ApiKey; until: number }>();

  constructor(
    private readonly keys: ApiKeyStore,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async callerOf(key: string): Promise<Caller | undefined> {
    const [, keyId, secret] = /^([A-Za-z0-9_-]{3,40})\.([A-Za-z0-9_-]{32,100})$/.exec(key) ?? [];
    if (keyId === undefined || secret === undefined) return undefined;
    const row = await this.rowOf(keyId);
    if (row === undefined || !timingSafeEqual(row.secretSha256, secretHash(secret))) return undefined;
    if (row.revokedAt !== null || (row.expiresAt !== null && row.expiresAt <= this.clock.now())) return undefined;
    return { id: row.keyId, roles: row.roles, accountId: row.accountId ?? undefined };
  }

  /** Forgets a key at once; other processes do within a few seconds. */
  forget(keyId: string): void {
    this.remembered.delete(keyId);
  }

  private async rowOf(keyId: string): Promise<ApiKey | undefined> {
    const known = this.remembered.get(keyId);
    if (known !== undefined && known.until > performance.now()) return known.row;
    const row = await this.keys.find(keyId);
    if (row === null) return undefined;
    if (this.remembered.size >= REMEMBERED_MAX) this.remembered.clear();
    this.remembered.set(keyId, { row, until: performance.now() + REMEMBERED_MS });
    return row;
  }
}
