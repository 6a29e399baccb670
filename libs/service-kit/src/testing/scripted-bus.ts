import { Bus, type BusRecord, type DeliveredRecord, type RunningSubscription, type Subscription } from '@railhead/bus';

/** A bus without a log: the test delivers what it likes, sees what is published, and says when publishing fails. */
export class ScriptedBus extends Bus {
  readonly published: BusRecord[] = [];
  /** Runs before records count as published; a throw means the broker refused them. */
  onPublish: (records: readonly BusRecord[]) => Promise<void> = async () => {};
  private readonly subscriptions: Subscription[] = [];
  private offset = 0n;

  override async ensureTopics(): Promise<void> {}

  override async publish(records: readonly BusRecord[]): Promise<void> {
    await this.onPublish(records);
    this.published.push(...records);
  }

  override async subscribe(subscription: Subscription): Promise<RunningSubscription> {
    this.subscriptions.push(subscription);
    return { stop: async () => void this.subscriptions.splice(this.subscriptions.indexOf(subscription), 1) };
  }

  /** Hands records over as one batch, as a broker would; rejects when the service wants them again. */
  async deliver(records: readonly BusRecord[], isStale = () => false): Promise<void> {
    const topic = records[0]!.topic;
    const delivered = records.map((record): DeliveredRecord => ({
      ...record,
      partition: 0,
      offset: (this.offset += 1n),
      publishedAtMs: 0,
    }));
    for (const subscription of this.subscriptions.filter((one) => one.topics.includes(topic))) {
      await subscription.handle({ topic, partition: 0, records: delivered, isStale });
    }
  }

  override async lag(): Promise<[]> {
    return [];
  }

  override async close(): Promise<void> {}
}
