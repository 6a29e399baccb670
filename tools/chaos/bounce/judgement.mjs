import { openKafkaBus } from '@railhead/bus';
import { faultsOf, judge } from '../controls/sequences.mjs';
import { readTopic } from '../controls/topic-reader.mjs';

const TOPIC = 'orders';
/** With so many bounces both crash points were passed. */
const BITES_FROM = 3;

/** What the books of both sides, and the topic between them, come to. */
export async function figuresOf(kafka, { wanted, effects, deliveries, outbox, parked }) {
  const inTopic = await readTopic(kafka.brokers, TOPIC);
  const [effect, topic] = [judge(effects, wanted), judge(inTopic, wanted)];
  return {
    messages: effect.messages,
    consumed: effects.length,
    lost: effect.lost,
    duplicated: effect.again,
    outOfOrder: effect.overtaken,
    unexpected: effect.unknown,
    topicRecords: inTopic.length,
    topicDuplicates: topic.again,
    topicLost: topic.lost,
    topicOutOfOrder: topic.overtaken,
    delivered: deliveries.records,
    redeliveries: deliveries.again,
    lag: await lagLeft(kafka),
    outbox,
    parked,
  };
}

/** What is wrong, in sentences. */
export function faultsIn(figures, { arrived, bounces }) {
  const { messages, lost, duplicated, outOfOrder, unexpected, topicLost, topicOutOfOrder } = figures;
  const { topicDuplicates, redeliveries, lag, outbox, parked } = figures;
  const effects = faultsOf({ messages, lost, again: duplicated, overtaken: outOfOrder, unknown: unexpected });
  const topic = faultsOf({ messages, lost: topicLost, again: 0, overtaken: topicOutOfOrder, unknown: 0 });
  return [
    ...(arrived ? [] : ['not everything had arrived a minute after the last bounce']),
    ...effects,
    ...topic.map((fault) => `in the topic: ${fault}`),
    ...(lag + outbox + parked > 0 ? [`left over: lag ${lag}, outbox ${outbox}, parked ${parked}`] : []),
    // A run in which nothing came twice says nothing about the inbox.
    ...(bounces >= BITES_FROM && topicDuplicates === 0
      ? ['no record stood in the topic twice: the run did not bite']
      : []),
    ...(bounces >= BITES_FROM && redeliveries === 0 ? ['nothing was delivered again: the run did not bite'] : []),
  ];
}

async function lagLeft(kafka) {
  const bus = await openKafkaBus({ brokers: kafka.brokers });
  try {
    return (await bus.lag('subject', [TOPIC])).reduce((sum, { lag }) => sum + Number(lag), 0);
  } finally {
    await bus.close();
  }
}
