import { describe } from '@jest/globals';
import { resolveKafka } from '@railhead/kafka-local/for-tests';
import { describeBus } from '../testing.js';
import { openKafkaBus } from './kafka-bus.js';

const kafka = await resolveKafka();

if (kafka === undefined) {
  describe.skip('KafkaBus keeps the bus contract', () => {});
} else {
  describeBus('KafkaBus', async () => ({
    prefix: kafka.prefix,
    open: () => openKafkaBus({ brokers: kafka.brokers, sessionTimeoutMs: 6_000 }),
    close: async () => {},
  }));
}
