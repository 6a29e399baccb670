export { describePlace, issue, type ByteRange, type Issue, type Place } from './issues/issue.js';
export { ISSUE_KINDS, issueKind, type IssueCode, type IssueLevel, type IssueSeverity } from './issues/issue-codes.js';
export type { Delimiters } from './segments/delimiters.js';
export {
  component,
  components,
  element,
  elementBytes,
  elementRange,
  repetitions,
  Segment,
  segmentRange,
} from './segments/segment.js';
export { loops, type Loop } from './segments/loops.js';
export { pointer } from './segments/pointer.js';
export { InterchangeReader } from './read/interchange-reader.js';
export { readInterchanges, readInterchangeStream } from './read/read-interchanges.js';
export type { ReaderOptions } from './read/reader-options.js';
export { controlKey, isSameControlNumber } from './read/control-number.js';
export type {
  GroupEnd,
  GroupHeader,
  InterchangeEnd,
  InterchangeHeader,
  InterchangeStart,
  ReadUnit,
  SkippedBytes,
  Ta1Received,
  TransactionSet,
} from './read/units.js';
export { SchemaBook } from './schema/schema-book.js';
export { STANDARD_SCHEMAS } from './schema/standard-schemas.js';
export type { ReleaseText } from './schema/schema.js';
export { Acknowledger, type InterchangeAcknowledgment } from './acknowledge/acknowledger.js';
export type { GroupAcknowledgment } from './acknowledge/acknowledge-group.js';
export { acknowledgeInterchange, type InterchangeVerdict } from './acknowledge/acknowledge-interchange.js';
export type { SetAcknowledgment } from './acknowledge/acknowledge-set.js';
export { DEFAULT_POLICY, type AcknowledgmentPolicy } from './acknowledge/acknowledgment-policy.js';
export type { GroupValues, InterchangeValues, SetValues } from './write/interchange-values.js';
export type { ElementValue, SegmentValues } from './write/segment-values.js';
export { writeInterchange } from './write/write-interchange.js';
export { X12WriteError, type WriteFault } from './write/write-error.js';
export { DEFAULT_DELIMITERS, type WriteOptions } from './write/write-options.js';
export type { DocumentDate, DocumentParty, DocumentReference, ItemId } from './documents/document-parts.js';
export {
  toInvoiceDocument,
  type InvoicedCharge,
  type InvoicedLine,
  type InvoicedTax,
  type InvoiceDocument,
  type InvoiceTerms,
} from './documents/invoice-document.js';
export {
  toPurchaseOrderAcknowledgment,
  type AcknowledgedLine,
  type LineOutcome,
  type PurchaseOrderAcknowledgment,
} from './documents/purchase-order-acknowledgment.js';
export {
  toShipNotice,
  type ShipNotice,
  type ShippedItem,
  type ShippedOrder,
  type ShippedPack,
} from './documents/ship-notice.js';
