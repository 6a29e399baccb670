export { codecFor, incompatibility, type DataCodec } from './avro/codec.js';
export { avroSchemaOf, recordNameOf, type AvroSchema } from './avro/from-zod.js';
export { arithmeticIssues, type ArithmeticIssue } from './arithmetic.js';
export { EVENTS } from './catalogue.js';
export { defineEvent, type Event, type EventDefinition, type EventOf } from './define-event.js';
export * from './events/index.js';
export * from './order.js';
export { completeOrder, type Completed, type DraftLine, type OrderDraft } from './order-draft.js';
export { joinedParts } from './joined-parts.js';
export { repricedLines } from './repriced-lines.js';
export { paymentIdOf } from './payment-id.js';
export { businessKey, contentHash, derivedUuid, documentFileId, orderIdOf, type BusinessKey } from './order-id.js';
export { deadLetterTopic, TOPIC_NAMES, TOPICS, type TopicName } from './topics.js';
export {
  Actor,
  Bytes,
  CalendarDate,
  CurrencyCode,
  Decimal,
  Identifier,
  Instant,
  Money,
  OrderId,
  PositiveDecimal,
  Quantity,
  Reason,
} from './values.js';
