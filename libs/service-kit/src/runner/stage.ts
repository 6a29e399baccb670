import type { DeliveredRecord } from '@railhead/bus';
import type { Event } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import type { EventCodec } from '../events/event-codec.js';
import type { Announcement } from '../events/announcement.js';
import { Failure } from '../runtime/failure.js';
import { Batch, outcomeOf, type BatchHandler } from './handler.js';
import type { ServiceMetrics } from '../runtime/metrics.js';
import { wavesOf } from './waves.js';

function streamOf(record: DeliveredRecord): string {
  return `${record.topic}\n${record.key}`;
}

/** A record that waits for a fact. */
export interface AwaitingRecord {
  readonly record: DeliveredRecord;
  readonly fact: string;
}

export interface StageResult {
  readonly announce: readonly Announcement[];
  readonly awaiting: readonly AwaitingRecord[];
}

/** A service's handlers by event type: decodes records and calls them wave by wave, in the caller's transaction. */
export class Stage {
  constructor(
    private readonly handlers: ReadonlyMap<string, BatchHandler>,
    private readonly codec: EventCodec,
    private readonly metrics: ServiceMetrics,
  ) {}

  /** Also what says of itself nothing at all: somebody meant something by it, so it must not pass without a word. */
  handles(record: DeliveredRecord): boolean {
    const type = record.headers['ce_type'] ?? '';
    return type === '' || this.handlers.has(type);
  }

  async run(records: readonly DeliveredRecord[], tx: Tx): Promise<StageResult> {
    const decoded = await Promise.all(
      records.map(async (record) => ({
        record,
        key: record.key,
        type: record.headers['ce_type'] ?? '',
        event: await this.codec.decode(record),
      })),
    );
    const announce: Announcement[] = [];
    const awaiting: AwaitingRecord[] = [];
    const blocked = new Set<string>();
    for (const wave of wavesOf(decoded)) {
      const members = wave.members.filter((member) => !blocked.has(streamOf(member.record)));
      // What follows a waiting message of its key waits too; what another topic says of that key may be what it waits for.
      for (const member of wave.members)
        if (blocked.has(streamOf(member.record))) awaiting.push({ record: member.record, fact: '' });
      if (members.length === 0) continue;
      const outcome = await this.call(
        wave.type,
        members.map((member) => member.event),
        tx,
      );
      announce.push(...outcome.announce);
      for (const { event, fact } of outcome.awaiting) {
        const member = members.find((one) => one.event === event);
        if (member === undefined) throw new Error(`${wave.type}: an event that was not in the batch cannot wait`);
        awaiting.push({ record: member.record, fact });
        blocked.add(streamOf(member.record));
      }
    }
    return { announce, awaiting };
  }

  private async call(type: string, events: readonly Event[], tx: Tx): Promise<ReturnType<typeof outcomeOf>> {
    const handler = this.handlers.get(type);
    if (handler === undefined) throw Failure.permanent('CONTRACT_VIOLATION', `no handler for ${type}`);
    const startedAt = performance.now();
    const outcome = outcomeOf(await handler(new Batch(events), tx));
    this.metrics.handled(type, events.length - outcome.awaiting.length, (performance.now() - startedAt) / 1000);
    return outcome;
  }
}
