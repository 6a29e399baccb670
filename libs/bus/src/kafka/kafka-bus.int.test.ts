import { describe, expect, it } from '@jest/globals';
import { resolveKafka } from '@railhead/kafka-local/for-tests';
import { randomUUID } from 'node:crypto';
import { describeBus } from '../testing.js';
import { openKafkaBus, type KafkaBus } from './kafka-bus.js';

const kafka = await resolveKafka();
const onKafka = kafka === undefined ? describe.skip : describe;
const open = (): Promise<KafkaBus> => openKafkaBus({ brokers: kafka?.brokers ?? [], sessionTimeoutMs: 6_000 });

if (kafka === undefined) {
  describe.skip('KafkaBus keeps the bus contract', () => {});
} else {
  describeBus('KafkaBus', async () => ({ prefix: kafka.prefix, open, close: async () => {} }));
}

onKafka('a topic that has just been made', () => {
  it('takes what is published at once, and takes it once', async () => {
    const bus = await open();
    for (let count = 0; count < 10; count += 1) {
      const topic = `${kafka?.prefix ?? ''}new-${randomUUID().slice(0, 8)}`;
      await bus.ensureTopics([{ name: topic, partitions: 24 }]);
      await bus.publish(Array.from({ length: 200 }, (_, n) => ({ topic, key: `k${n}`, value: null, headers: {} })));
      const lags = await bus.lag(`nobody-${topic}`, [topic]);
      expect(lags.reduce((sum, { lag }) => sum + lag, 0n)).toBe(200n);
    }
    await bus.close();
  });
});
