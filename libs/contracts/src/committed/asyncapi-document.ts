import type { EventDefinition } from '../define-event.js';
import { recordNameOf } from '../avro/from-zod.js';
import { TOPIC_NAMES, TOPICS } from '../topics.js';

const AVRO = 'application/vnd.apache.avro+json;version=1.9.0';

/**
 * The events as an AsyncAPI 3.0 document: one channel per topic; the data's schema is the committed Avro file.
 *
 * @see https://www.asyncapi.com/docs/reference/specification/v3.0.0
 */
export function asyncApiDocument(definitions: readonly EventDefinition[], version: string): object {
  const channels = TOPIC_NAMES.map((topic) => [
    topic,
    channelOf(
      topic,
      definitions.filter((one) => one.topic === topic),
    ),
  ]);
  const operations = TOPIC_NAMES.map((topic) => [topic, { action: 'send', channel: { $ref: `#/channels/${topic}` } }]);
  return {
    asyncapi: '3.0.0',
    info: { title: 'Railhead events', version, description: 'Made by "npm run contracts:write"; do not edit by hand.' },
    defaultContentType: 'avro/binary',
    channels: Object.fromEntries(channels) as object,
    operations: Object.fromEntries(operations) as object,
    components: {
      messages: Object.fromEntries(definitions.map((one) => [recordNameOf(one.type), messageOf(one)])) as object,
    },
  };
}

function channelOf(topic: keyof typeof TOPICS, definitions: readonly EventDefinition[]): object {
  const names = definitions.map(({ type }) => recordNameOf(type));
  return {
    address: topic,
    description: `Key: ${TOPICS[topic].key}.`,
    messages: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }])) as object,
  };
}

function messageOf({ type, meaning }: EventDefinition): object {
  const payload = { schemaFormat: AVRO, schema: { $ref: `../libs/contracts/schemas/${type}.avsc` } };
  return { name: type, summary: meaning, payload };
}
