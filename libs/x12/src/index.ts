export { describePlace, issue, showsValue, type ByteRange, type Issue, type Place } from './issues/issue.js';
export { ISSUE_KINDS, issueKind, type IssueCode, type IssueLevel, type IssueSeverity } from './issues/issue-codes.js';
export type { Delimiters } from './segments/delimiters.js';
export {
  component,
  components,
  element,
  elementBytes,
  elementRange,
  presentElements,
  repetitions,
  Segment,
  segmentRange,
} from './segments/segment.js';
export { loops, type Loop } from './segments/loops.js';
export { pointer } from './segments/pointer.js';
export { InterchangeReader } from './read/interchange-reader.js';
export { readInterchanges, readInterchangeStream } from './read/read-interchanges.js';
export type { ReaderOptions, SchemaChoice } from './read/reader-options.js';
export { isDate, isTime } from './validate/calendar.js';
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
export type { SchemaOverlay, SetOverlay } from './schema/overlay.js';
export type { DataFault } from './schema/data-checks.js';
export { readOverlays, type OverlaysRead } from './schema/overlay-data.js';
export { SchemaBook } from './schema/schema-book.js';
export { STANDARD_SCHEMAS } from './schema/standard-schemas.js';
export { VICS_OVERLAY } from './schema/vics-overlay.js';
export { loopsOf, placesIn } from './validate/validate-set.js';
export type { ElementRule, ReleaseText, SegmentRule, SetNode, SetSchema } from './schema/schema.js';
export { Acknowledger, type InterchangeAcknowledgment } from './acknowledge/acknowledger.js';
export type { GroupAcknowledgment } from './acknowledge/acknowledge-group.js';
export { acknowledgeInterchange, type InterchangeVerdict } from './acknowledge/acknowledge-interchange.js';
export type { SetAcknowledgment } from './acknowledge/acknowledge-set.js';
export {
  refuseGroupNumber,
  refuseSetNumbers,
  type SetNumber,
  type UsedSets,
} from './acknowledge/refuse-used-numbers.js';
export { DEFAULT_POLICY, type AcknowledgmentPolicy, type IssueTreatment } from './acknowledge/acknowledgment-policy.js';
export { judgeSet, treatmentOf, type SetVerdict } from './acknowledge/treatment.js';
export type {
  AcknowledgedContext,
  AcknowledgedElement,
  AcknowledgedOutcome,
  AcknowledgedSegment,
  AcknowledgedSet,
  AcknowledgmentRead,
} from './acknowledge/acknowledgment-read.js';
export { readAcknowledgment } from './acknowledge/read-acknowledgment.js';
export type { GroupValues, InterchangeValues, SetValues } from './write/interchange-values.js';
export { rewrite, type RewriteOptions } from './write/rewrite.js';
export type {
  BinaryValue,
  CompositeValue,
  ElementValue,
  RepeatedValue,
  SegmentValues,
} from './write/segment-values.js';
export { writeInterchange } from './write/write-interchange.js';
export { X12WriteError, type WriteFault } from './write/write-error.js';
export { DEFAULT_DELIMITERS, type WriteOptions } from './write/write-options.js';
export type { DocumentCharge, DocumentTax } from './documents/charge.js';
export { plainDecimal, sumOfDecimals } from './documents/decimal.js';
export type {
  DocumentContact,
  DocumentDate,
  DocumentNotes,
  DocumentParty,
  DocumentReference,
  ItemId,
  MeasuredQuantity,
} from './documents/document-parts.js';
export { FUNCTIONAL_IDS, type KnownSetCode } from './documents/functional-ids.js';
export {
  toInventoryAdvice,
  type InventoryAdvice,
  type StockedItem,
  type StockQuantity,
} from './documents/inventory-advice.js';
export { toInvoiceDocument, type InvoicedLine, type InvoiceDocument } from './documents/invoice-document.js';
export type { LineOutcome, LineStatus } from './documents/line-outcome.js';
export {
  toOrderChangeAcknowledgment,
  type AcknowledgedChange,
  type OrderChangeAcknowledgment,
} from './documents/order-change-acknowledgment.js';
export { toOrderChange, type ChangedLine, type LineChange, type OrderChange } from './documents/order-change.js';
export type { DocumentHead, OrderHead, PricedItem } from './documents/document-head.js';
export type { AcknowledgmentType, AnsweredItem, OrderAnswer } from './documents/order-answer.js';
export {
  toPurchaseOrderAcknowledgment,
  type AcknowledgedLine,
  type PurchaseOrderAcknowledgment,
} from './documents/purchase-order-acknowledgment.js';
export {
  toPurchaseOrder,
  type LineDestination,
  type LineSchedule,
  type OrderedLine,
  type PurchaseOrder,
} from './documents/purchase-order.js';
export {
  toRemittanceAdvice,
  type BankAccount,
  type RemittanceAdvice,
  type RemittedAdjustment,
  type RemittedInvoice,
} from './documents/remittance-advice.js';
export { readShipNotice, type ShipNoticeLevel, type ShipNoticeRead } from './documents/read-ship-notice.js';
export { toShipNotice, type ShipNotice, type ShippedOrder } from './documents/ship-notice.js';
export type { PackMark } from './documents/pack-mark.js';
export type { ShipNoticeStructure, ShippedGoods, ShippedPack, ShippedTare } from './documents/shipped-goods.js';
export type { ShippedItem } from './documents/shipped-item.js';
export { toShipmentStatus, type ShipmentEvent, type ShipmentStatus } from './documents/shipment-status.js';
export { checkDigit, isSscc } from './documents/sscc.js';
export type { DocumentTerms } from './documents/terms.js';
export { toWarehouseOrder, type WarehouseOrder, type WarehouseOrderLine } from './documents/warehouse-order.js';
export { toWarehouseReceipt, type ReceivedLine, type WarehouseReceipt } from './documents/warehouse-receipt.js';
export {
  toWarehouseShippingAdvice,
  type WarehouseShippedLine,
  type WarehouseShippedPack,
  type WarehouseShippingAdvice,
} from './documents/warehouse-shipping-advice.js';
export {
  controlNumberAfter,
  toAcknowledgmentInterchange,
  wantsTa1,
  type AcknowledgmentStamp,
} from './documents/acknowledgment-interchange.js';
export { codeName } from './names/code-names.js';
export { elementName, envelopeElementName } from './names/element-names.js';
export { placeName } from './names/place-names.js';
export { segmentName } from './names/segment-names.js';
export { nestingOf, type NestedSegment } from './views/nesting.js';
export { plainSegment, type PlainValue } from './views/plain-segment.js';
