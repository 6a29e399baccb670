import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startKafka } from '@railhead/kafka-local';
import { resolveKafka } from '@railhead/kafka-local/for-tests';
import type { Bus, BusRecord, DeliveredBatch } from '../bus.js';
import { openKafkaBus } from './kafka-bus.js';
import type { KafkaBusOptions } from './options.js';

const kafka = await resolveKafka();
const onKafka = kafka === undefined ? describe.skip : describe;
const onJars = kafka?.from === 'jars' ? describe : describe.skip;

async function until(condition: () => boolean, timeoutMs = 30_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('waited too long');
    await pause(20);
  }
}

const record = (topic: string, key: string, value: string): BusRecord => ({
  topic,
  key,
  value: Buffer.from(value),
  headers: {},
});
const values = (batch: DeliveredBatch): string[] => batch.records.map(({ value }) => String(value));

onKafka('a consumer on Kafka', () => {
  const prefix = kafka?.prefix ?? '';
  const errors: unknown[] = [];
  const fatal: Error[] = [];
  const open = (options: Partial<KafkaBusOptions> = {}): Promise<Bus> =>
    openKafkaBus({
      brokers: kafka?.brokers ?? [],
      sessionTimeoutMs: 6_000,
      onError: (error) => errors.push(error),
      onFatal: (error) => fatal.push(error),
      ...options,
    });
  let count = 0;
  let topic = '';
  let group = '';
  let bus: Bus;
  let other: Bus;
  beforeAll(async () => {
    [bus, other] = await Promise.all([open(), open()]);
  });
  afterAll(async () => {
    await Promise.all([bus.close(), other.close()]);
  });
  beforeEach(async () => {
    topic = `${prefix}faults${count++}`;
    group = `${topic}-group`;
    errors.length = 0;
    fatal.length = 0;
    await bus.ensureTopics([{ name: topic, partitions: 2 }]);
  });

  it('stays a member while a handler takes longer than a session', async () => {
    const seen: string[] = [];
    await bus.publish([record(topic, 'k', 'slow')]);
    const running = await bus.subscribe({
      group,
      topics: [topic],
      handle: async (batch) => {
        await pause(8_000);
        seen.push(...values(batch), String(batch.isStale()));
      },
    });
    await until(() => seen.length > 0);
    await running.stop();
    expect(seen).toEqual(['slow', 'false']);
    expect((await bus.lag(group, [topic])).every(({ lag }) => lag === 0n)).toBe(true);
  }, 60_000);

  it('finishes and commits its batch when another member joins, so that the other does not get it too', async () => {
    const seen: string[] = [];
    let busy = 0;
    const handle = async (batch: DeliveredBatch): Promise<void> => {
      busy += 1;
      await pause(2_000);
      seen.push(...values(batch));
    };
    await bus.publish([record(topic, 'a', 'a1'), record(topic, 'b', 'b1'), record(topic, 'c', 'c1')]);
    const first = await bus.subscribe({ group, topics: [topic], handle });
    await until(() => busy > 0);
    const second = await other.subscribe({ group, topics: [topic], handle });
    await bus.publish([record(topic, 'a', 'a2'), record(topic, 'b', 'b2'), record(topic, 'c', 'c2')]);
    await until(() => seen.length >= 6);
    await Promise.all([first.stop(), second.stop()]);
    expect([...seen].sort()).toEqual(['a1', 'a2', 'b1', 'b2', 'c1', 'c2']);
  }, 60_000);

  it('lets the other partitions flow while one fails again and again', async () => {
    const seen = new Set<string>();
    const triedAt: number[] = [];
    const keys = Array.from({ length: 8 }, (_, n) => `k${n}`);
    await bus.publish(keys.map((key) => record(topic, key, key)));
    const running = await bus.subscribe({
      group,
      topics: [topic],
      handle: async (batch) => {
        if (batch.partition === 0) {
          triedAt.push(performance.now());
          throw new Error('poison');
        }
        for (const value of values(batch)) seen.add(value);
      },
    });
    await until(() => errors.length >= 5);
    const late = Array.from({ length: 20 }, (_, n) => record(topic, `late${n}`, `late${n}`));
    await bus.publish(late);
    await until(() => [...seen].some((value) => value.startsWith('late')));
    // Each pause is twice the one before: it is not hammered.
    const pauses = triedAt.slice(1).map((at, n) => at - triedAt[n]!);
    expect(pauses.map((ms, n) => ms >= Math.min(100 * 2 ** n, 10_000) - 5)).toEqual(pauses.map(() => true));
    const lag = await bus.lag(group, [topic]);
    await running.stop();
    expect(lag.map(({ committed }) => committed === undefined)).toEqual([true, false]);
    expect(fatal).toEqual([]);
  }, 60_000);

  it('gives the partitions of a handler that hangs to another member, and says so', async () => {
    let release = (): void => {};
    const hanging = new Promise<void>((resolve) => (release = resolve));
    let wasStale: (() => boolean) | undefined;
    const seen: string[] = [];
    const sick = await open({ handlerDeadlineMs: 500, rebalanceTimeoutMs: 3_000 });
    await bus.publish([record(topic, 'k', 'v')]);
    await sick.subscribe({
      group,
      topics: [topic],
      handle: async (batch) => {
        wasStale = () => batch.isStale();
        await hanging;
      },
    });
    await until(() => fatal.length > 0);
    expect(fatal[0]?.message).toContain(`${group} has not returned from ${topic}`);
    await until(() => wasStale?.() === true); // a session after the last heartbeat
    const healthy = await other.subscribe({
      group,
      topics: [topic],
      handle: async (batch) => void seen.push(...values(batch)),
    });
    await until(() => seen.length > 0);
    expect(seen).toEqual(['v']);
    await sick.close(); // does not wait for the handler
    release();
    await healthy.stop();
  }, 60_000);
});

onJars('a bus whose broker is killed', () => {
  let broker: Awaited<ReturnType<typeof startKafka>>;
  beforeEach(async () => {
    broker = await startKafka();
  });
  afterEach(() => broker.stop());

  it('goes on when the broker is back: nothing lost, nothing out of order', async () => {
    const bus = await openKafkaBus({ brokers: broker.brokers, sessionTimeoutMs: 3_000 });
    const seen: number[] = [];
    await bus.ensureTopics([{ name: 'orders', partitions: 1 }]);
    await bus.subscribe({
      group: 'billing',
      topics: ['orders'],
      handle: async (batch) => void seen.push(...values(batch).map(Number)),
    });
    const publish = (n: number): Promise<boolean> =>
      bus.publish([record('orders', 'k', String(n))]).then(
        () => true,
        () => false,
      );
    for (let n = 0; n < 30; n++) {
      if (n === 10) {
        await broker.kill();
        void pause(1_000).then(() => broker.restart());
      }
      while (!(await publish(n)));
    }
    await until(() => seen.includes(29), 60_000);
    await bus.close();
    const firsts = [...new Set(seen)];
    expect(firsts).toEqual(Array.from({ length: 30 }, (_, n) => n));
  }, 120_000);
});
