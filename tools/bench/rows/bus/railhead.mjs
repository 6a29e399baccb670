// Contestant: the product's Kafka adapter, publishing and consuming in one process.
import { openKafkaBus } from '@railhead/bus';
import { contestBus } from './contest-bus.mjs';

const { brokers, topic, batch } = JSON.parse(process.env.BENCH_SETTINGS);
contestBus({ open: (onError) => openKafkaBus({ brokers, onError }), topic, group: topic, batch });
