import { Injectable } from '@nestjs/common';
import { announce, Clock, ServiceContext, ServiceMetrics, uuidv7, Work } from '@railhead/service-kit';
import { createHash } from 'node:crypto';
import { changesOf, type Changes } from '../domain/changes.js';
import type { ReferenceKind } from '../domain/reference-kind.js';
import { understandRows } from '../domain/understand-rows.js';
import { readRows } from '../files/read-file.js';
import { ImportStore } from '../store/import.store.js';

/** A file that nobody is writing to any more. */
export interface SettledFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly writtenAt: Date;
}

const ISSUES_LOGGED_MAX = 20;

/** Takes a file over: publishes what changed and keeps what is wrong with it, in one transaction. */
@Injectable()
export class ReferenceImporter {
  constructor(
    private readonly work: Work,
    private readonly store: ImportStore,
    private readonly clock: Clock,
    private readonly context: ServiceContext,
    private readonly metrics: ServiceMetrics,
  ) {}

  /** @returns from when on the same file says more: rows of it speak as of then; `undefined`: it says no more. */
  async take(kind: ReferenceKind, file: SettledFile): Promise<Date | undefined> {
    const now = this.clock.now();
    const asOf = (file.writtenAt < now ? file.writtenAt : now).toISOString();
    const { rows, issues } = readRows(kind, file.name, file.bytes);
    const read = understandRows(kind, rows, { asOf, now: now.toISOString() });
    const stamp = { kind: kind.name, fileName: file.name, sha256: hashOf(file.bytes, read.ahead) };

    const changes = await this.work.run(async (tx, say) => {
      if (!(await this.store.claim(tx, stamp, now))) return undefined;
      const known = await this.store.known(tx, kind.name);
      const decided = changesOf(kind, { ...read, issues: [...issues, ...read.issues] }, known, asOf);
      await this.store.savePublished(tx, kind.name, decided.publish, now);
      await this.store.saveIssues(tx, stamp, decided.issues, now);
      await this.store.saveCounts(tx, kind.name, {
        read: rows.length,
        published: decided.publish.length,
        faults: decided.issues.length,
      });
      const correlationId = uuidv7();
      // One by one: a call takes no hundred thousand arguments.
      for (const { key, data } of decided.publish) say(announce(kind.event, key, data, { correlationId }));
      return decided;
    });
    if (changes === undefined) this.metrics.received(kind.name, 'duplicate');
    else this.report(file.name, kind, rows.length, changes);
    return firstOf(read.ahead);
  }

  private report(file: string, kind: ReferenceKind, rows: number, { publish, issues }: Changes): void {
    const { log } = this.context;
    this.metrics.received(kind.name, issues.length === 0 ? 'accepted' : 'rejected');
    log.info({ file, rows, published: publish.length, faults: issues.length }, 'reference file taken over');
    for (const issue of issues.slice(0, ISSUES_LOGGED_MAX)) log.warn({ file, ...issue }, 'fault in a reference file');
  }
}

/** A file of which some rows have not come yet is another one than the same file later. */
function hashOf(bytes: Uint8Array, ahead: readonly string[]): string {
  const hash = createHash('sha256').update(bytes);
  for (const asOf of ahead) hash.update(asOf);
  return hash.digest('hex');
}

function firstOf(instants: readonly string[]): Date | undefined {
  const [first] = instants.map((instant) => Date.parse(instant)).sort((one, other) => one - other);
  return first === undefined ? undefined : new Date(first);
}
