import type { CanonicalOrder, DocumentIssue } from '@railhead/contracts';
import type { DocumentParty, InterchangeAcknowledgment, InterchangeEnd, InterchangeHeader } from '@railhead/x12';
import type { GroupOpinion } from '../inbound/acknowledgments.mapper.js';
import type { Echo } from '../inbound/echo.js';
import type { Partner } from '../partners/partner.js';

/** An order that an interchange brought, understood but not yet captured. */
export interface ReceivedOrder {
  readonly order: CanonicalOrder;
  readonly purpose: 'original' | 'replace' | 'cancel';
  readonly echoes: readonly Echo[];
  readonly shipTo?: DocumentParty | undefined;
}

/** One interchange of a document, read and judged. */
export interface ReceivedInterchange {
  readonly partner: Partner;
  readonly header: InterchangeHeader;
  readonly end: InterchangeEnd;
  readonly sha256: Buffer;
  readonly acknowledgment: InterchangeAcknowledgment;
  /** Orders of accepted sets in accepted groups. */
  readonly orders: readonly ReceivedOrder[];
  readonly opinions: readonly GroupOpinion[];
  readonly issues: readonly DocumentIssue[];
  /** ISA13 occurred before in the same document. */
  readonly isRepeated: boolean;
}

/** A document, read. `refusals` are of interchanges nobody can be answered for: unknown sender, wrong channel, no X12. */
export interface ReadDocument {
  readonly interchanges: readonly ReceivedInterchange[];
  readonly refusals: readonly DocumentIssue[];
}
