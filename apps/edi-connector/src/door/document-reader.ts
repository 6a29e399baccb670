import { Injectable } from '@nestjs/common';
import { OrderCaptured, type DocumentIssue } from '@railhead/contracts';
import { ServiceContext } from '@railhead/service-kit';
import {
  Acknowledger,
  judgeSet,
  readInterchangeStream,
  STANDARD_SCHEMAS,
  type AcknowledgmentPolicy,
  type InterchangeEnd,
  type InterchangeHeader,
  type ReadUnit,
  type SchemaBook,
  type TransactionSet,
} from '@railhead/x12';
import { toInterchangeOpinion, type GroupOpinion } from '../inbound/acknowledgments.mapper.js';
import type { Arrival } from '../inbound/purchase-order.mapper.js';
import { PartnerDirectory, senderAmong } from '../partners/partner-directory.js';
import type { Partner } from '../partners/partner.js';
import { schemasFor } from '../partners/partner-schemas.js';
import { issuesOfEnvelope, issuesOfSet } from './document-issues.js';
import {
  GROUPS_MAX,
  isTaken,
  judge,
  numbersOf,
  placeOf,
  policyOf,
  takenOf,
  withoutUsed,
  withOurRules,
} from './judge.js';
import { RangeHash } from './range-hash.js';
import type {
  DocumentPart,
  Judgement,
  ReceivedInterchange,
  ReceivedOrder,
  ReceivedSet,
} from './received-interchange.js';
import { SetNumbers } from './set-numbers.js';
import { examine, refused } from './set-reader.js';
import type { NumberRuling } from './used-numbers.js';

/** An order that is larger encoded does not go over the bus. */
const ORDER_BYTES_MAX = 850_000;
/** One byte of a set never becomes more than some twenty of an order. */
const SURELY_FITS_BYTES = 32 * 1024;
/** Of one interchange; more are counted. */
const ISSUES_MAX = 1_000;
const OPINIONS_MAX = 1_000;

/** A document on its way in. */
export interface Arriving {
  readonly documentId: string;
  readonly receivedAt: string;
  readonly rawSha256: string;
  /** Whose folder or key it came through; absent: any partner of ours (an operator's upload). */
  readonly owner?: Partner | undefined;
}

/** Bytes of a document, from some place on. */
export interface Stretch {
  readonly bytes: AsyncIterable<Buffer>;
  /** Where they begin in the document. */
  readonly from: number;
  /** What is read out of an interchange is held up to so many bytes of it; of a longer one it has to be read again. */
  readonly heldBytesMax: number;
}

/** One interchange being read. */
interface Open {
  readonly partner: Partner;
  readonly policy: AcknowledgmentPolicy;
  readonly acknowledger: Acknowledger;
  /** Numbers of the sets that are taken, by the ordinal of their group. */
  readonly numbers: Map<number, SetNumbers>;
  readonly opinions: GroupOpinion[];
  readonly issues: DocumentIssue[];
  sets: ReceivedSet[] | undefined;
  groups: number;
}

/** Reads documents: interchanges to orders and acknowledgements. Touches no database; says what, not whether it was new. */
@Injectable()
export class DocumentReader {
  constructor(
    private readonly directory: PartnerDirectory,
    private readonly context: ServiceContext,
  ) {}

  /** Reads and judges one interchange after the other, no faster than they are taken. */
  async *read(arriving: Arriving, stretch: Stretch): AsyncGenerator<DocumentPart> {
    const { from } = stretch;
    const hash = new RangeHash(from);
    let open: Open | undefined;
    let stray: DocumentIssue[] = [];
    // As they stand now, to the end of the document: each interchange is read and judged by one version of a profile.
    const partners = this.directory.all;
    const schemas = (header: InterchangeHeader) => schemasOf(senderOf(header, partners));
    for await (const unit of readInterchangeStream(passing(stretch.bytes, hash), { schemas })) {
      if (unit.kind === 'skipped') {
        const issues = issuesOfEnvelope([unit.issue]);
        if (issues.length > 0) yield { kind: 'refusal', issues, endsAt: unit.range.to + from };
      } else if (unit.kind === 'interchange') {
        hash.begin(unit.interchange.range.from + from);
        stray = [];
        open = begin(unit.interchange, senderOf(unit.interchange, partners), arriving, stray);
      } else if (open === undefined) {
        if (unit.kind === 'interchange-end') yield { kind: 'refusal', issues: stray, endsAt: unit.range.to + from };
      } else if (unit.kind === 'interchange-end') {
        yield { kind: 'interchange', ...close(open, unit, hash, from) };
      } else this.take(unit, open, arriving, stretch.heldBytesMax);
    }
  }

  /**
   * Reads the sets of an interchange that was judged before, and gives out what is taken of them.
   *
   * @param arriving - With the profile that it was judged by: what was accepted then must be taken now.
   * @param stretch - Begins where the interchange begins.
   * @param done - So many sets are passed over.
   */
  async *sets(
    arriving: Arriving & { readonly partner: Partner },
    judgement: Judgement,
    stretch: Stretch,
    done: number,
  ): AsyncGenerator<{ readonly ordinal: number; readonly set: ReceivedSet }> {
    const taken = isTaken(judgement);
    let ordinal = 0;
    const schemas = schemasFor(arriving.partner);
    for await (const unit of readInterchangeStream(stretch.bytes, { schemas })) {
      if (unit.kind === 'interchange-end') return;
      if (unit.kind !== 'set') continue;
      ordinal += 1;
      if (ordinal <= done) continue;
      const { received } = this.examine(unit, arriving.partner, arriving);
      if (received !== undefined && taken(received.place, received.opinion !== undefined))
        yield { ordinal, set: received };
    }
  }

  private take(unit: ReadUnit, open: Open, arriving: Arriving, heldBytesMax: number): void {
    if (unit.kind === 'set') this.takeSet(unit, open, arriving, heldBytesMax);
    else if (unit.kind === 'ta1') {
      const opinion = toInterchangeOpinion(unit);
      if (opinion !== undefined && open.opinions.length < OPINIONS_MAX) open.opinions.push(opinion);
    } else if (unit.kind === 'group-end') {
      note(open, issuesOfEnvelope(unit.issues));
      open.groups += 1;
      if (open.groups <= GROUPS_MAX) open.acknowledger.take(unit);
    }
  }

  private takeSet(unit: TransactionSet, open: Open, arriving: Arriving, heldBytesMax: number): void {
    const { set, received, isImpossible } = this.examine(unit, open.partner, arriving);
    if (unit.range.to - unit.interchange.range.from > heldBytesMax) open.sets = undefined;
    if (received !== undefined) open.sets?.push(received);
    note(open, issuesOfSet(set));
    if (open.groups >= GROUPS_MAX) return;
    const judged = isImpossible ? refused(set) : set;
    open.acknowledger.take(judged);
    noteNumber(open, judged);
  }

  private examine(
    unit: TransactionSet,
    partner: Partner,
    arriving: Arriving,
  ): { set: TransactionSet; received: ReceivedSet | undefined; isImpossible: boolean } {
    const arrival: Arrival = { ...arriving, partner, documentId: documentIdOf(arriving, unit) };
    const {
      set,
      order,
      opinion,
      message,
      isImpossible = false,
    } = examine(unit, arrival, (one) => this.fits(one, unit));
    const isEmpty = order === undefined && opinion === undefined && message === undefined;
    const place = placeOf(set.group?.ordinal, set.ordinal);
    return { set, isImpossible, received: isEmpty ? undefined : { place, order, opinion, message } };
  }

  /** Encoding tells; a small set needs not be asked, however many lines, stores or extras it makes of its bytes. */
  private fits({ order }: ReceivedOrder, { range }: TransactionSet): boolean {
    const isSmall = range.to - range.from < SURELY_FITS_BYTES;
    return isSmall || this.context.codec.encodeData(OrderCaptured.type, order).length <= ORDER_BYTES_MAX;
  }
}

function senderOf({ senderQualifier, senderId }: InterchangeHeader, partners: readonly Partner[]): Partner | undefined {
  return senderAmong(partners, senderQualifier, senderId);
}

/** Each sender is held to its own rules; what comes from strangers is read over. */
function schemasOf(partner: Partner | undefined): SchemaBook {
  return partner === undefined ? STANDARD_SCHEMAS : schemasFor(partner);
}

/** `undefined`: this interchange is nobody's we can answer; it is read over. */
function begin(
  header: InterchangeHeader,
  partner: Partner | undefined,
  { owner }: Arriving,
  refusals: DocumentIssue[],
): Open | undefined {
  const sender = `${header.senderQualifier}/${header.senderId}`;
  if (partner === undefined) {
    refusals.push({ code: 'UNKNOWN_PARTNER', at: 'ISA06', message: `we do not exchange documents with ${sender}` });
    return undefined;
  }
  if (owner !== undefined && owner.name !== partner.name) {
    const message = `${sender} may not send through the channel of ${owner.name}`;
    refusals.push({ code: 'WRONG_SENDER', at: 'ISA06', message });
    return undefined;
  }
  const policy = policyOf(partner);
  const acknowledger = new Acknowledger(policy);
  return { partner, policy, acknowledger, numbers: new Map(), opinions: [], issues: [], sets: [], groups: 0 };
}

function close(
  { partner, acknowledger, numbers, sets, opinions, issues }: Open,
  unit: InterchangeEnd,
  hash: RangeHash,
  offset: number,
): { received: ReceivedInterchange; endsAt: number } {
  const end = withOurRules(unit, partner);
  const acknowledgment = acknowledger.take(end);
  if (acknowledgment === undefined) throw new Error('an interchange ended without an answer');
  const endsAt = end.range.to + offset;
  const isRepeated = unit.issues.some(({ code }) => code === 'isa-duplicate');
  const sha256 = hash.finish(endsAt);
  const found = { partner, end, acknowledgment, opinions, issues, isRepeated, offset, sha256 };
  const judgement = judge(found);
  const received = {
    partner,
    judgement,
    numbers: numbersOf(found, judgement, numbers),
    judgeAgain: (ruling: NumberRuling) => judge(withoutUsed(found, ruling)),
    sets: sets === undefined ? undefined : takenOf(judgement, sets),
  };
  return { received, endsAt };
}

/** A number is used up when its set is taken. */
function noteNumber({ numbers, policy }: Open, set: TransactionSet): void {
  const group = set.group?.ordinal;
  if (group === undefined || (set.issues.length > 0 && judgeSet(set, policy).verdict === 'R')) return;
  const known = numbers.get(group) ?? new SetNumbers();
  known.add(set);
  numbers.set(group, known);
}

function note({ issues }: Open, more: readonly DocumentIssue[]): void {
  const room = ISSUES_MAX - issues.length;
  if (room > 0) issues.push(...more.slice(0, room));
}

/** One for each set, also where a sender counts its sets from 0001 in every group. */
function documentIdOf({ documentId }: Arriving, { interchange, group, controlNumber }: TransactionSet): string {
  return [documentId, interchange.controlNumber, group?.ordinal ?? 0, controlNumber].join(':').slice(0, 200);
}

async function* passing(bytes: AsyncIterable<Buffer>, hash: RangeHash): AsyncGenerator<Buffer> {
  for await (const piece of bytes) {
    hash.push(piece);
    yield piece;
  }
}
