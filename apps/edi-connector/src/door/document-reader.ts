import { Injectable } from '@nestjs/common';
import { OrderCaptured, type DocumentIssue } from '@railhead/contracts';
import { ServiceContext } from '@railhead/service-kit';
import {
  Acknowledger,
  DEFAULT_POLICY,
  issue,
  readInterchangeStream,
  type AcknowledgmentPolicy,
  type InterchangeAcknowledgment,
  type InterchangeEnd,
  type InterchangeHeader,
  type ReadUnit,
  type TransactionSet,
} from '@railhead/x12';
import { createHash } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import { toInterchangeOpinion, type GroupOpinion } from '../inbound/acknowledgments.mapper.js';
import type { Arrival } from '../inbound/purchase-order.mapper.js';
import { PartnerDirectory } from '../partners/partner-directory.js';
import type { Partner } from '../partners/partner.js';
import { issuesOfEnvelope, issuesOfSet } from './document-issues.js';
import type { ReadDocument, ReceivedInterchange, ReceivedOrder } from './received-interchange.js';
import { examine, refused } from './set-reader.js';

/** The event loop gets a turn after this many bytes: other requests go on while a large document is read. */
const SLICE_BYTES = 128 * 1024;
/** An order that is larger encoded does not go over the bus. */
const ORDER_BYTES_MAX = 850_000;

/** A document on its way in. */
export interface Arriving {
  readonly documentId: string;
  readonly bytes: Buffer;
  readonly receivedAt: string;
  readonly rawSha256: string;
  /** Whose folder or key it came through; absent: any partner of ours (an operator's upload). */
  readonly owner?: Partner | undefined;
}

/** One interchange being read. */
interface Open {
  readonly partner: Partner;
  readonly acknowledger: Acknowledger;
  readonly orders: { readonly group: number; readonly set: number; readonly received: ReceivedOrder }[];
  readonly opinions: GroupOpinion[];
  readonly issues: DocumentIssue[];
}

/** Reads a document: interchanges to orders and acknowledgements. Touches no database; says what, not whether it was new. */
@Injectable()
export class DocumentReader {
  constructor(
    private readonly directory: PartnerDirectory,
    private readonly context: ServiceContext,
  ) {}

  async read(arriving: Arriving): Promise<ReadDocument> {
    const interchanges: ReceivedInterchange[] = [];
    const refusals: DocumentIssue[] = [];
    let open: Open | undefined;
    for await (const unit of readInterchangeStream(slices(arriving.bytes))) {
      if (unit.kind === 'skipped') refusals.push(...issuesOfEnvelope([unit.issue]));
      else if (unit.kind === 'interchange') open = this.begin(unit.interchange, arriving, refusals);
      else if (open !== undefined) {
        const received = this.take(unit, open, arriving);
        if (received !== undefined) interchanges.push(received);
      }
    }
    return { interchanges, refusals };
  }

  /** `undefined`: this interchange is nobody's we can answer; it is read over. */
  private begin(header: InterchangeHeader, { owner }: Arriving, refusals: DocumentIssue[]): Open | undefined {
    const sender = `${header.senderQualifier}/${header.senderId}`;
    const partner = this.directory.bySender(header.senderQualifier, header.senderId);
    if (partner === undefined) {
      refusals.push({ code: 'UNKNOWN_PARTNER', at: 'ISA06', message: `we do not exchange documents with ${sender}` });
      return undefined;
    }
    if (owner !== undefined && owner.name !== partner.name) {
      refusals.push({
        code: 'WRONG_SENDER',
        at: 'ISA06',
        message: `${sender} may not send through the channel of ${owner.name}`,
      });
      return undefined;
    }
    return { partner, acknowledger: new Acknowledger(policyOf(partner)), orders: [], opinions: [], issues: [] };
  }

  private take(unit: ReadUnit, open: Open, arriving: Arriving): ReceivedInterchange | undefined {
    if (unit.kind === 'set') return this.takeSet(unit, open, arriving);
    if (unit.kind === 'ta1') {
      const opinion = toInterchangeOpinion(unit);
      if (opinion !== undefined) open.opinions.push(opinion);
    }
    if (unit.kind === 'group-end') open.issues.push(...issuesOfEnvelope(unit.issues));
    if (unit.kind !== 'interchange-end') return void open.acknowledger.take(unit);

    const end = withOurRules(unit, open.partner);
    const acknowledgment = open.acknowledger.take(end);
    return acknowledgment === undefined ? undefined : close(open, end, acknowledgment, arriving.bytes);
  }

  private takeSet(unit: Extract<ReadUnit, { kind: 'set' }>, open: Open, arriving: Arriving): undefined {
    const arrival: Arrival = { ...arriving, partner: open.partner, documentId: documentIdOf(arriving, unit) };
    const { set, order, opinion, isImpossible = false } = examine(unit, arrival, (received) => this.fits(received));
    if (order !== undefined) open.orders.push({ group: set.group?.ordinal ?? 0, set: set.ordinal, received: order });
    if (opinion !== undefined) open.opinions.push(opinion);
    open.issues.push(...issuesOfSet(set));
    open.acknowledger.take(isImpossible ? refused(set) : set);
  }

  private fits({ order, echoes }: ReceivedOrder): boolean {
    return echoes.length < 500 || this.context.codec.encodeData(OrderCaptured.type, order).length <= ORDER_BYTES_MAX;
  }
}

function close(
  open: Open,
  end: InterchangeEnd,
  acknowledgment: InterchangeAcknowledgment,
  bytes: Buffer,
): ReceivedInterchange {
  const { partner, opinions, issues } = open;
  const isTaken = (group: number, set: number): boolean => {
    const answer = acknowledgment.groups.find((candidate) => candidate.group.ordinal === group);
    return (
      acknowledgment.verdict !== 'R' &&
      answer !== undefined &&
      answer.verdict !== 'R' &&
      answer.sets[set - 1]?.verdict !== 'R'
    );
  };
  return {
    partner,
    header: end.interchange,
    end,
    sha256: createHash('sha256').update(bytes.subarray(end.range.from, end.range.to)).digest(),
    acknowledgment,
    orders: open.orders.filter(({ group, set }) => isTaken(group, set)).map(({ received }) => received),
    opinions: acknowledgment.verdict === 'R' ? [] : opinions,
    issues: [...issuesOfEnvelope(end.issues), ...issues],
    isRepeated: end.issues.some(({ code }) => code === 'isa-duplicate'),
  };
}

/** Their receiver must be us, and a test must not become an order. */
function withOurRules(end: InterchangeEnd, { us, usage }: Partner): InterchangeEnd {
  const { interchange, issues } = end;
  const more = [];
  const place = { segment: 'ISA', ...interchange.range };
  if (interchange.receiverQualifier !== us.qualifier || interchange.receiverId !== us.id) {
    const receiver = `${interchange.receiverQualifier}/${interchange.receiverId}`;
    more.push(issue('isa-receiver', { ...place, element: 8 }, `${receiver} is not us`));
  }
  if (interchange.usage === 'T' && usage === 'P') {
    more.push(issue('isa-usage', { ...place, element: 15 }, 'a test interchange is not taken in production'));
  }
  return { ...end, issues: [...issues, ...more] };
}

function policyOf({ acknowledgment }: Partner): AcknowledgmentPolicy {
  const { setWithErrors, listAcceptedSets } = acknowledgment;
  return {
    ...DEFAULT_POLICY,
    rejectInterchangeFor: [...DEFAULT_POLICY.rejectInterchangeFor, 'isa-receiver', 'isa-usage'],
    ...(setWithErrors !== undefined && { setWithErrors }),
    ...(listAcceptedSets !== undefined && { listAcceptedSets }),
  };
}

/** One for each set, also where a sender counts its sets from 0001 in every group. */
function documentIdOf({ documentId }: Arriving, { interchange, group, controlNumber }: TransactionSet): string {
  return [documentId, interchange.controlNumber, group?.ordinal ?? 0, controlNumber].join(':').slice(0, 200);
}

async function* slices(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
    if (at > 0) await breathe();
    yield bytes.subarray(at, at + SLICE_BYTES);
  }
}
