import { Bus } from '@railhead/bus';

/** A bus around another one: something may happen before records are published, and before a batch is handed over. */
export class BusAround extends Bus {
  #inner;
  #beforePublish;
  #beforeHandle;

  /**
   * @param {Bus} inner
   * @param {{ beforePublish?: (records: readonly object[]) => Promise<void>, beforeHandle?: (batch: object) => Promise<void> }} hooks
   */
  constructor(inner, { beforePublish = async () => {}, beforeHandle = async () => {} }) {
    super();
    this.#inner = inner;
    this.#beforePublish = beforePublish;
    this.#beforeHandle = beforeHandle;
  }

  ensureTopics(topics) {
    return this.#inner.ensureTopics(topics);
  }

  async publish(records) {
    await this.#beforePublish(records);
    await this.#inner.publish(records);
  }

  subscribe(subscription) {
    const handle = async (batch) => {
      await this.#beforeHandle(batch);
      await subscription.handle(batch);
    };
    return this.#inner.subscribe({ ...subscription, handle });
  }

  lag(group, topics) {
    return this.#inner.lag(group, topics);
  }

  close() {
    return this.#inner.close();
  }
}
