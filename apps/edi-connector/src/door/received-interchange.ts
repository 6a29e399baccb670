import type { CanonicalOrder, DocumentIssue } from '@railhead/contracts';
import type { ByteRange, DocumentParty, InterchangeHeader } from '@railhead/x12';
import type { GroupOpinion } from '../inbound/acknowledgments.mapper.js';
import type { Echo } from '../inbound/echo.js';
import type { ReceivedMessage } from '../inbound/message.js';
import type { Content } from '../outbound/envelope.js';
import type { Partner } from '../partners/partner.js';
import type { GroupNumbers, NumberRuling } from './used-numbers.js';

/** An order that an interchange brought, understood but not yet captured. */
export interface ReceivedOrder {
  readonly order: CanonicalOrder;
  readonly purpose: CanonicalOrder['purpose'];
  readonly echoes: readonly Echo[];
  readonly shipTo?: DocumentParty | undefined;
}

/** What one set brought: an order, an opinion on a document of ours, or a message for the message desk. */
export interface ReceivedSet {
  /** Group and set, each counted from 1. */
  readonly place: string;
  readonly order?: ReceivedOrder | undefined;
  readonly opinion?: GroupOpinion | undefined;
  readonly message?: ReceivedMessage | undefined;
}

/** An interchange, judged. Plain data, so that it can be kept while its sets are taken. */
export interface Judgement {
  readonly header: InterchangeHeader;
  /** Its bytes in the document. */
  readonly range: ByteRange;
  /** SHA-256 of those, in hex. */
  readonly sha256: string;
  /** TA104 of our answer. */
  readonly verdict: 'A' | 'E' | 'R';
  /** What the sender is told. */
  readonly answer: Content;
  /** What the sender is told instead when the number of this interchange was used for another one. */
  readonly answerToReuse: Content;
  /** Ordinals of groups of which something may be taken. */
  readonly openGroups: readonly number[];
  /** Places of sets in those groups that are refused all the same. */
  readonly refusedSets: readonly string[];
  /** Sets in it, taken or not. */
  readonly sets: number;
  /** What its TA1s say. */
  readonly opinions: readonly GroupOpinion[];
  readonly issues: readonly DocumentIssue[];
  /** What is odd and taken all the same: numbers that were used before. */
  readonly notes?: readonly DocumentIssue[];
  /** ISA13 occurred before in the same document. */
  readonly isRepeated: boolean;
}

/** One interchange of a document, read and judged. */
export interface ReceivedInterchange {
  readonly partner: Partner;
  readonly judgement: Judgement;
  /** The numbers of the groups and sets that are taken. */
  readonly numbers: readonly GroupNumbers[];
  /** The judgement when some of those numbers turn out to have been used, and are refused for it. */
  readonly judgeAgain: (ruling: NumberRuling) => Judgement;
  /** What its accepted sets brought; `undefined` when that is too much to hold at once and has to be read again. */
  readonly sets: readonly ReceivedSet[] | undefined;
}

/**
 * A document in parts, in order. `refusal`: bytes that nobody can be answered for in X12: unknown sender, wrong channel,
 * no X12. `endsAt`: all before it is dealt with once this part is.
 */
export type DocumentPart =
  | { readonly kind: 'interchange'; readonly received: ReceivedInterchange; readonly endsAt: number }
  | { readonly kind: 'refusal'; readonly issues: readonly DocumentIssue[]; readonly endsAt: number };
