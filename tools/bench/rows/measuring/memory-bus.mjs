import { Bus } from '@railhead/bus';

/** A bus without a log: hands over what it is told to, and forgets what is published. What is measured beside it is not a bus. */
export class MemoryBus extends Bus {
  #subscriptions = [];
  #offset = 0n;

  /** @param {(records: readonly import('@railhead/bus').BusRecord[]) => unknown} onPublished awaited before they count as published */
  constructor(onPublished) {
    super();
    this.onPublished = onPublished;
  }

  async ensureTopics() {}

  async publish(records) {
    await this.onPublished(records);
  }

  async subscribe(subscription) {
    this.#subscriptions.push(subscription);
    return { stop: async () => {} };
  }

  /** Hands over one batch as a consumer would: resolves when it is committed. */
  async deliver(records) {
    const { topic } = records[0];
    for (const record of records) record.offset = this.#offset += 1n;
    for (const { topics, handle } of this.#subscriptions)
      if (topics.includes(topic)) await handle({ topic, partition: 0, records, isStale: () => false });
  }

  async lag() {
    return [];
  }

  async close() {}
}
