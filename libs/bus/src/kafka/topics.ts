import type { IResourceConfigEntry } from 'kafkajs';
import type { TopicSpec } from '../bus.js';

/** A topic's settings in Kafka's own names. What a spec leaves open stays with the cluster's default. */
export function configEntries({ compacted = false, retentionMs }: TopicSpec): IResourceConfigEntry[] {
  return [
    ...(compacted ? [{ name: 'cleanup.policy', value: 'compact' }] : []),
    ...(retentionMs === undefined ? [] : [{ name: 'retention.ms', value: String(retentionMs) }]),
  ];
}
