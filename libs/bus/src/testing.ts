import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bus, BusRecord, DeliveredBatch, DeliveredRecord, RunningSubscription, Subscription } from './bus.js';

/** An adapter under test. `open` may be called several times: each call is another process of the same installation. */
export interface BusUnderTest {
  open(): Promise<Bus>;
  /** Distinguishes topics and groups of one run from those of another. */
  readonly prefix: string;
  close(): Promise<void>;
}

const PARTITIONS = 4;

function record(topic: string, key: string, value: string | null, headers: Record<string, string> = {}): BusRecord {
  return { topic, key, value: value === null ? null : Buffer.from(value), headers };
}

async function until(condition: () => boolean, timeoutMs = 40_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('waited too long');
    await pause(20);
  }
}

const text = (delivered: DeliveredRecord): string => delivered.value?.toString() ?? '<tombstone>';

/** The promises of {@link Bus}, as tests. A new adapter is finished when this passes. */
export function describeBus(name: string, start: () => Promise<BusUnderTest>): void {
  describe(`${name} keeps the bus contract`, () => {
    let under: BusUnderTest;
    let bus: Bus;
    let count = 0;
    beforeAll(async () => {
      under = await start();
      bus = await under.open();
    }, 120_000);
    afterAll(async () => {
      await bus?.close();
      await under?.close();
    }, 60_000);

    async function topic(): Promise<string> {
      const made = `${under.prefix}t${count++}`;
      await bus.ensureTopics([{ name: made, partitions: PARTITIONS }]);
      return made;
    }
    const group = (): string => `${under.prefix}g${count++}`;

    async function subscribed<T>(
      subscription: Subscription,
      work: (running: RunningSubscription) => Promise<T>,
      on = bus,
    ): Promise<T> {
      const running = await on.subscribe(subscription);
      try {
        return await work(running);
      } finally {
        await running.stop();
      }
    }

    function collector(seen: DeliveredRecord[]): (batch: DeliveredBatch) => Promise<void> {
      return async (batch) => {
        seen.push(...batch.records);
      };
    }

    it('hands every group every record', async () => {
      const orders = await topic();
      const first: DeliveredRecord[] = [];
      const second: DeliveredRecord[] = [];
      await bus.publish(Array.from({ length: 100 }, (_, n) => record(orders, `k${n}`, `v${n}`)));
      await subscribed({ group: group(), topics: [orders], handle: collector(first) }, () =>
        subscribed({ group: group(), topics: [orders], handle: collector(second) }, () =>
          until(() => first.length >= 100 && second.length >= 100),
        ),
      );
      const all = Array.from({ length: 100 }, (_, n) => `v${n}`).sort();
      expect(first.map(text).sort()).toEqual(all);
      expect(second.map(text).sort()).toEqual(all);
    });

    it('shares 5,000 records among three members of a group and misses none', async () => {
      const orders = await topic();
      const name = group();
      const members = await Promise.all([under.open(), under.open(), under.open()]);
      const seen = new Set<string>();
      const handle = async (batch: DeliveredBatch): Promise<void> => {
        for (const delivered of batch.records) seen.add(text(delivered));
      };
      const running = await Promise.all(
        members.map((member) => member.subscribe({ group: name, topics: [orders], handle })),
      );
      for (let at = 0; at < 5_000; at += 500) {
        await bus.publish(Array.from({ length: 500 }, (_, n) => record(orders, `k${at + n}`, `v${at + n}`)));
      }
      await until(() => seen.size === 5_000);
      await Promise.all(running.map((one) => one.stop()));
      await Promise.all(members.map((member) => member.close()));
      expect(seen.size).toBe(5_000);
    }, 120_000);

    it('keeps the order of 1,000 records for each of 16 keys', async () => {
      const orders = await topic();
      const seen = new Map<string, number[]>();
      const handle = async (batch: DeliveredBatch): Promise<void> => {
        for (const delivered of batch.records) {
          const list = seen.get(delivered.key) ?? [];
          list.push(Number(text(delivered)));
          seen.set(delivered.key, list);
        }
      };
      await subscribed({ group: group(), topics: [orders], handle }, async () => {
        for (let at = 0; at < 1_000; at += 100) {
          await bus.publish(
            Array.from({ length: 1_600 }, (_, n) => record(orders, `k${n % 16}`, String(at + Math.floor(n / 16)))),
          );
        }
        await until(() => [...seen.values()].reduce((sum, list) => sum + list.length, 0) >= 16_000);
      });
      expect(seen.size).toBe(16);
      for (const list of seen.values()) expect(list).toEqual(Array.from({ length: 1_000 }, (_, n) => n));
    }, 120_000);

    it('brings a record again after the handler threw, and nothing past it meanwhile', async () => {
      const orders = await topic();
      const seen: string[] = [];
      let throws = 2;
      const handle = async (batch: DeliveredBatch): Promise<void> => {
        if (batch.records.some((delivered) => text(delivered) === 'v2') && throws-- > 0) throw new Error('not yet');
        seen.push(...batch.records.map(text));
      };
      await bus.publish(Array.from({ length: 5 }, (_, n) => record(orders, 'one-key', `v${n}`)));
      await subscribed({ group: group(), topics: [orders], batchMax: 1, handle }, () => until(() => seen.length >= 5));
      expect([...new Set(seen)]).toEqual(['v0', 'v1', 'v2', 'v3', 'v4']);
    });

    it('handles everything in the end when every record fails once', async () => {
      const orders = await topic();
      const failed = new Set<string>();
      const done = new Set<string>();
      const handle = async (batch: DeliveredBatch): Promise<void> => {
        const fresh = batch.records.find((delivered) => !failed.has(text(delivered)));
        if (fresh !== undefined) {
          failed.add(text(fresh));
          throw new Error('fails once');
        }
        for (const delivered of batch.records) done.add(text(delivered));
      };
      await bus.publish(Array.from({ length: 20 }, (_, n) => record(orders, `k${n}`, `v${n}`)));
      await subscribed({ group: group(), topics: [orders], batchMax: 2, handle }, () => until(() => done.size === 20));
      expect(done.size).toBe(20);
    }, 120_000);

    it('loses none of 5,000 records when the consumer is closed and opened again five times', async () => {
      const orders = await topic();
      const name = group();
      const seen = new Set<string>();
      const handle = async (batch: DeliveredBatch): Promise<void> => {
        for (const delivered of batch.records) seen.add(text(delivered));
        await pause(5);
      };
      for (let at = 0; at < 5_000; at += 1_000) {
        await bus.publish(Array.from({ length: 1_000 }, (_, n) => record(orders, `k${n}`, `v${at + n}`)));
      }
      for (let round = 0; round < 5; round++) {
        const before = seen.size;
        await subscribed({ group: name, topics: [orders], batchMax: 50, handle }, () =>
          until(() => seen.size > before || seen.size === 5_000),
        );
      }
      await subscribed({ group: name, topics: [orders], batchMax: 500, handle }, () =>
        until(() => seen.size === 5_000),
      );
      expect(seen.size).toBe(5_000);
    }, 180_000);

    it('finishes the running batch on a graceful stop and commits it, so that it does not come again', async () => {
      const orders = await topic();
      const name = group();
      const seen: string[] = [];
      let entered = false;
      const handle = async (batch: DeliveredBatch): Promise<void> => {
        entered = true;
        await pause(300);
        seen.push(...batch.records.map(text));
      };
      await bus.publish(Array.from({ length: 10 }, (_, n) => record(orders, 'k', `v${n}`)));
      await subscribed({ group: name, topics: [orders], batchMax: 10, handle }, () => until(() => entered));
      const stopped = seen.length;
      await subscribed({ group: name, topics: [orders], handle }, async () => {
        await bus.publish([record(orders, 'k', 'last')]);
        await until(() => seen.includes('last'));
      });
      expect(stopped).toBeGreaterThan(0);
      expect(seen).toEqual([...Array.from({ length: 10 }, (_, n) => `v${n}`), 'last']);
    }, 60_000);

    it('carries headers, keys, bytes and tombstones unchanged', async () => {
      const orders = await topic();
      const seen: DeliveredRecord[] = [];
      const bytes = Buffer.from([0, 1, 2, 255, 254, 0]);
      const headers = { ce_id: randomUUID(), text: 'ümläut', empty: '' };
      await bus.publish([{ topic: orders, key: '[1]', value: bytes, headers }, record(orders, '[1]', null)]);
      await subscribed({ group: group(), topics: [orders], handle: collector(seen) }, () =>
        until(() => seen.length >= 2),
      );
      expect(seen[0]).toMatchObject({ key: '[1]', headers });
      expect(seen[0]?.value?.equals(bytes)).toBe(true);
      expect(seen[1]?.value).toBeNull();
    });

    it('tells how far a group is behind, and zero when it has caught up', async () => {
      const orders = await topic();
      const name = group();
      const seen: DeliveredRecord[] = [];
      await bus.publish(Array.from({ length: 30 }, (_, n) => record(orders, `k${n}`, `v${n}`)));
      const lagOf = async (): Promise<bigint> =>
        (await bus.lag(name, [orders])).reduce((sum, { lag }) => sum + lag, 0n);
      expect(await lagOf()).toBe(30n);
      await subscribed({ group: name, topics: [orders], handle: collector(seen) }, () =>
        until(() => seen.length >= 30),
      );
      expect(await lagOf()).toBe(0n);
      expect(await bus.lag(name, [orders])).toHaveLength(PARTITIONS);
    });

    it('moves past records of types that nobody wants, and delivers the wanted ones in order', async () => {
      const orders = await topic();
      const name = group();
      const seen: string[] = [];
      const typed = (n: number): BusRecord =>
        record(orders, 'k', `v${n}`, { ce_type: n % 3 === 0 ? 'wanted' : 'other' });
      await bus.publish(Array.from({ length: 31 }, (_, n) => typed(n)));
      const handle = async (batch: DeliveredBatch): Promise<void> => {
        seen.push(...batch.records.filter(({ headers }) => headers['ce_type'] === 'wanted').map(text));
      };
      await subscribed({ group: name, topics: [orders], types: ['wanted'], batchMax: 4, handle }, async () => {
        await until(() => seen.length >= 11);
        await bus.publish([typed(1), typed(2)]);
        const deadline = Date.now() + 20_000;
        while ((await bus.lag(name, [orders])).some(({ lag }) => lag > 0n) && Date.now() < deadline) await pause(50);
      });
      expect(seen).toEqual(Array.from({ length: 11 }, (_, n) => `v${n * 3}`));
      expect((await bus.lag(name, [orders])).map(({ lag }) => lag)).toEqual([0n, 0n, 0n, 0n]);
    }, 60_000);

    it('begins at the end for a group that asks for it', async () => {
      const orders = await topic();
      const name = group();
      const seen: string[] = [];
      await bus.publish([record(orders, 'k', 'old')]);
      await subscribed(
        {
          group: name,
          topics: [orders],
          from: 'latest',
          handle: async (batch) => void seen.push(...batch.records.map(text)),
        },
        async () => {
          const deadline = Date.now() + 30_000;
          for (let n = 0; seen.length === 0 && Date.now() < deadline; n++) {
            await bus.publish([record(orders, 'k', `new${n}`)]);
            await pause(200);
          }
        },
      );
      expect(seen.length).toBeGreaterThan(0);
      expect(seen).not.toContain('old');
    }, 60_000);
  });
}
