import type { KafkaMessage, Message, TopicMessages } from 'kafkajs';
import type { BusRecord, DeliveredRecord } from '../bus.js';
import { FetchedRecord } from './fetched-record.js';

/** Groups records by topic for one request; within a topic they keep their order. */
export function toTopicMessages(records: readonly BusRecord[]): TopicMessages[] {
  const byTopic = new Map<string, Message[]>();
  for (const { topic, key, value, headers } of records) {
    const messages = byTopic.get(topic) ?? [];
    messages.push({ key, value, headers });
    byTopic.set(topic, messages);
  }
  return [...byTopic].map(([topic, messages]) => ({ topic, messages }));
}

/** Reads a message of one partition. A message that another program wrote without a key has the empty key. */
export function fromMessage(topic: string, partition: number, message: KafkaMessage): DeliveredRecord {
  return {
    topic,
    partition,
    key: message.key?.toString() ?? '',
    value: message.value,
    headers: message instanceof FetchedRecord ? message.headers : fromHeaders(message.headers ?? {}),
    offset: BigInt(message.offset),
    publishedAtMs: Number(message.timestamp),
  };
}

/** Kafka allows a header several times and without a value; ours are text, once. The last one counts. */
function fromHeaders(headers: NonNullable<KafkaMessage['headers']>): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    texts[name] = (Array.isArray(value) ? value.at(-1) : value)?.toString() ?? '';
  }
  return texts;
}
