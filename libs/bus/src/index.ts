export {
  Bus,
  isTransactional,
  type BusRecord,
  type DeliveredBatch,
  type DeliveredRecord,
  type PartitionLag,
  type RunningSubscription,
  type Subscription,
  type TopicSpec,
  type TransactionalBus,
} from './bus.js';
export { EmbeddedBus, type EmbeddedBusOptions } from './embedded/embedded-bus.js';
export { packHeaders, unpackHeaders } from './headers.js';
export { repairIdleTimer } from './kafka/idle-timer.js';
export { KafkaBus, kafkaBus, openKafkaBus } from './kafka/kafka-bus.js';
export type { KafkaBusOptions } from './kafka/options.js';
export { partitionOf } from './partition.js';
