// The short form of `npm run bounce`: three bounces, those that surely bite.
import { expect, it } from '@jest/globals';
import { resolveKafka } from '@railhead/kafka-local/for-tests';
import { run } from './run.mjs';

const kafka = await resolveKafka();
const onJars = kafka?.from === 'jars' ? it : it.skip; // the broker is killed: it must be the run's own

onJars(
  'messages come once and in order while a broker, a producer and a consumer are killed',
  async () => {
    const result = await run({
      messages: 2_000,
      bounces: 3,
      seed: 1,
      keys: 50,
      everyMs: 2_000,
      perSecond: 300,
      processes: 2,
      server: process.env.RAILHEAD_TEST_DATABASE_URL,
    });
    expect(result.faults).toEqual([]);
    expect(result).toMatchObject({ messages: 2_000, consumed: 2_000, lost: 0, duplicated: 0, outOfOrder: 0 });
    expect(result.topicDuplicates).toBeGreaterThan(0);
    expect(result.redeliveries).toBeGreaterThan(0);
  },
  180_000,
);
