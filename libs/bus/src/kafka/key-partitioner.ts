import type { ICustomPartitioner, PartitionerArgs } from 'kafkajs';
import { murmur2 } from './murmur2.js';

/** Records lie where Kafka's own clients put them: by their key, which ours all have. */
export const keyPartitioner: ICustomPartitioner =
  () =>
  ({ partitionMetadata, message }: PartitionerArgs) =>
    (murmur2(Buffer.from(message.key ?? '')) & 0x7fffffff) % partitionMetadata.length;
