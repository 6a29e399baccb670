import type { EventDefinition } from '../define-event.js';
import { TOPIC_NAMES, TOPICS, type TopicName } from '../topics.js';
import { fieldsOf, recordsIn, type FieldDescription } from './describe-field.js';

/** The event catalogue as a page: per topic its events with meaning, writers and fields, then the records they share. */
export function cataloguePage(definitions: readonly EventDefinition[]): string {
  const records = new Map(definitions.flatMap((definition) => [...recordsIn(definition.schema)]));
  return [
    '# Events',
    'Made by `npm run contracts:write` from `libs/contracts/src/events`; do not edit by hand.',
    'Every event is CloudEvents: `id`, `type`, `source`, `subject` (the key), `time`, `correlationid`, `causationid`, and Avro data.',
    '`?` marks a field that may be absent. Decimals are text; `Money` is a whole number of minor units with its currency.',
    ...TOPIC_NAMES.flatMap((topic) =>
      topicSection(
        topic,
        definitions.filter((one) => one.topic === topic),
      ),
    ),
    '## Records',
    [...records]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, schema]) => `- **${name}**: ${fieldList(fieldsOf(schema))}`)
      .join('\n'),
    '',
  ].join('\n\n');
}

function topicSection(topic: TopicName, definitions: readonly EventDefinition[]): string[] {
  const { key, compacted } = TOPICS[topic];
  return [
    `## ${topic}`,
    `Key: ${key}.${compacted ? ' Compacted: the last event of a key stands for what is true now.' : ''}`,
    definitions.map(eventEntry).join('\n'),
  ];
}

function eventEntry({ type, meaning, writers, schema }: EventDefinition): string {
  const id = schema.meta()?.id;
  const fields = id === undefined ? fieldList(fieldsOf(schema)) : `**${id}** (below)`;
  return `- \`${type}\` ${meaning} Written by ${writers.join(', ')}.<br>${fields}`;
}

function fieldList(fields: readonly FieldDescription[]): string {
  return fields.map(({ name, type, optional }) => `\`${name}${optional ? '?' : ''}: ${type}\``).join(', ');
}
