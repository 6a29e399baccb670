/** Topics, one per noun. The key is the order id, so that all one noun says about one order arrives in order. */
export const TOPICS = {
  orders: { key: 'order id', compacted: false },
  shipments: { key: 'order id', compacted: false },
  invoices: { key: 'order id', compacted: false },
  payments: { key: 'order id, or the payer when no order is known', compacted: false },
  documents: { key: 'order id, or the document id when no order is known', compacted: false },
  tasks: { key: 'order id', compacted: false },
  reference: { key: 'own id', compacted: true },
} as const satisfies Record<string, { key: string; compacted: boolean }>;

export type TopicName = keyof typeof TOPICS;
export const TOPIC_NAMES = Object.keys(TOPICS) as TopicName[];

/** Where messages nobody could handle are announced. */
export function deadLetterTopic(topic: string): string {
  return `${topic}.dlq`;
}
