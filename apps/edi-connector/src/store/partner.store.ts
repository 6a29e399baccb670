import { Injectable } from '@nestjs/common';
import type { Tx } from '@railhead/database';
import { ServiceContext } from '@railhead/service-kit';

/** A profile as it was given, before what is usual is filled in. */
export type GivenProfile = Readonly<Record<string, unknown>>;

/** One version of a partner's profile. */
export interface PartnerVersion {
  readonly partner: string;
  readonly version: number;
  /** `null`: from then on no partner. */
  readonly profile: GivenProfile | null;
  readonly origin: 'file' | 'api';
  readonly changedBy: string;
  readonly reason: string;
  readonly changedAt: Date;
}

/** A change to be made. `entryHash` is of the entry of the file it comes from. */
export interface PartnerChange {
  readonly partner: string;
  readonly profile: GivenProfile | null;
  readonly origin: 'file' | 'api';
  readonly entryHash?: Buffer | undefined;
  readonly changedBy: string;
  readonly reason: string;
}

type Row = PartnerVersion & Record<string, unknown>;

const COLUMNS = `partner, version, profile, origin, changed_by AS "changedBy", reason, changed_at AS "changedAt"`;
const LATEST = `SELECT DISTINCT ON (partner) ${COLUMNS} FROM partner_versions ORDER BY partner, version DESC`;

/** Every version of every partner's profile. */
@Injectable()
export class PartnerStore {
  constructor(private readonly context: ServiceContext) {}

  /** Changes of profiles are made one after the other, also by several processes. Held until the commit. */
  async lock(tx: Tx): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.partner_versions', 0))`);
  }

  /** Grows with every change, whoever makes it. */
  async changes(): Promise<number> {
    const [row] = await this.context.db.query<{ count: number }>('SELECT count(*)::int AS count FROM partner_versions');
    return row?.count ?? 0;
  }

  async latest(tx?: Tx): Promise<readonly PartnerVersion[]> {
    return (tx ?? this.context.db).query<Row>(LATEST);
  }

  /** The newest first. */
  async history(partner: string): Promise<readonly PartnerVersion[]> {
    return this.context.db.query<Row>(
      `SELECT ${COLUMNS} FROM partner_versions WHERE partner = $1 ORDER BY version DESC`,
      [partner],
    );
  }

  /** The hash of the entry that each partner last got from the file. */
  async importedHashes(tx: Tx): Promise<ReadonlyMap<string, Buffer>> {
    const rows = await tx.query<{ partner: string; entryHash: Buffer }>(
      `SELECT DISTINCT ON (partner) partner, entry_hash AS "entryHash" FROM partner_versions
        WHERE origin = 'file' ORDER BY partner, version DESC`,
    );
    return new Map(rows.map(({ partner, entryHash }) => [partner, entryHash]));
  }

  /** @returns the number of the new version. */
  async add(
    { partner, profile, origin, entryHash, changedBy, reason }: PartnerChange,
    at: Date,
    tx: Tx,
  ): Promise<number> {
    const [row] = await tx.query<{ version: number }>(
      `INSERT INTO partner_versions (partner, version, profile, origin, entry_hash, changed_by, reason, changed_at)
       SELECT $1, coalesce(max(version), 0) + 1, $2::jsonb, $3, $4, $5, $6, $7 FROM partner_versions WHERE partner = $1
       RETURNING version`,
      [partner, profile === null ? null : JSON.stringify(profile), origin, entryHash ?? null, changedBy, reason, at],
    );
    return row!.version;
  }
}
