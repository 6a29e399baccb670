/** Milliseconds from an order's capture to the moment somebody else hears that it is validated. */
export class Stopwatch {
  #capturedAt = new Map();
  #waits = [];
  #subscription;

  constructor(bus, prefix) {
    this.bus = bus;
    this.prefix = prefix;
  }

  async start() {
    this.#subscription = await this.bus.subscribe({
      group: `${this.prefix}stopwatch`,
      topics: [`${this.prefix}orders`],
      types: ['order.captured.v1', 'order.validated.v1'],
      batchMax: 300,
      from: 'latest',
      handle: async ({ records }) => this.#note(records),
    });
  }

  #note(records) {
    const now = Date.now();
    for (const { key, headers } of records) {
      if (headers.ce_type === 'order.captured.v1') this.#capturedAt.set(key, Date.parse(headers.ce_time));
      if (headers.ce_type !== 'order.validated.v1' || !this.#capturedAt.has(key)) continue;
      this.#waits.push(now - this.#capturedAt.get(key));
      this.#capturedAt.delete(key);
    }
  }

  async stop() {
    await this.#subscription?.stop();
    this.#subscription = undefined;
    return { waits: this.#waits };
  }
}
