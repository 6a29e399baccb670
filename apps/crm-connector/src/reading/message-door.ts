import { Injectable } from '@nestjs/common';
import { DocumentReceived, DocumentRejected, type DocumentIssue } from '@railhead/contracts';
import {
  announce,
  Clock,
  ServiceContext,
  ServiceMetrics,
  uuidv7,
  Work,
  type Announcement,
} from '@railhead/service-kit';
import { createHash } from 'node:crypto';
import type { Organization } from '../salesforce/organization.js';
import { readOutboundMessage, type OutboundMessage, type ReadMessage } from '../salesforce/outbound-message.js';
import { withoutSessionId } from '../salesforce/redact.js';
import { HintStore } from '../store/hint.store.js';
import { DealReader } from './deal-reader.js';

const TOPIC = 'outbound-message';
const OBJECT = 'Opportunity';

interface RawMessage {
  readonly messageId: string;
  readonly organizationId: string;
  readonly sha256: Buffer;
  readonly text: string;
  readonly sizeBytes: number;
  readonly at: Date;
}

/** Takes an outbound message: keeps it without its session id, and notes which deals are to be read. One transaction. */
@Injectable()
export class MessageDoor {
  constructor(
    private readonly work: Work,
    private readonly hints: HintStore,
    private readonly reader: DealReader,
    private readonly metrics: ServiceMetrics,
    private readonly context: ServiceContext,
    private readonly clock: Clock,
  ) {}

  /** @returns why it is not taken; nothing when it is, and committed. */
  async take(organization: Organization, bytes: Buffer): Promise<readonly DocumentIssue[]> {
    const parsed = readOutboundMessage(bytes);
    const read = foreignOr(parsed, organization);
    const sessionId = parsed.ok ? parsed.message.sessionId : undefined;
    if (sessionId !== undefined)
      this.context.log.warn(
        { organizationId: organization.organizationId },
        'outbound messages carry a session id; switch that off',
      );
    const raw: RawMessage = {
      messageId: uuidv7(),
      organizationId: organization.organizationId,
      sha256: createHash('sha256').update(bytes).digest(),
      // Where there are NULs it is no UTF-8, and a session id could not be found in it: only its fingerprint is kept.
      text: bytes.includes(0) ? '' : withoutSessionId(bytes.toString('utf8'), sessionId),
      sizeBytes: bytes.length,
      at: this.clock.now(),
    };
    const news = await this.work.run(async (tx, say) => {
      const isNew = await this.hints.keepMessage(raw, tx);
      if (!read.ok) {
        if (isNew) say(...rejectionOf(raw, read.issues));
        return 0;
      }
      const { notifications } = read.message;
      const fresh = await this.hints.takeNotifications(
        raw.organizationId,
        notifications.map((one) => one.notificationId),
        raw.at,
        tx,
      );
      const deals = notifications.filter((one) => fresh.has(one.notificationId) && one.objectType === OBJECT);
      await this.hints.hint(
        raw.organizationId,
        deals.map((one) => one.recordId),
        tx,
      );
      return fresh.size;
    });
    this.metrics.received(TOPIC, !read.ok ? 'rejected' : news > 0 ? 'accepted' : 'duplicate');
    if (read.ok) this.tell(read.message, news);
    return read.ok ? [] : read.issues;
  }

  private tell({ organizationId, notifications }: OutboundMessage, news: number): void {
    const others = notifications.filter((one) => one.objectType !== OBJECT).length;
    this.context.log.info(
      { organizationId, notifications: notifications.length, news, others },
      'outbound message taken',
    );
    if (news > 0) this.reader.nudge();
  }
}

/** The organization id is no secret, but a message of another one is at the wrong address. */
function foreignOr(read: ReadMessage, organization: Organization): ReadMessage {
  if (!read.ok || read.message.organizationId === organization.organizationId) return read;
  return {
    ok: false,
    issues: [
      {
        code: 'OTHER_ORGANIZATION',
        at: 'notifications/OrganizationId',
        message: 'is not the organization of this address',
      },
    ],
  };
}

function rejectionOf(raw: RawMessage, issues: readonly DocumentIssue[]): Announcement[] {
  const because = { correlationId: uuidv7() };
  const document = {
    documentId: raw.messageId,
    direction: 'in' as const,
    documentType: TOPIC,
    system: 'salesforce' as const,
    partner: raw.organizationId,
    sha256: raw.sha256.toString('hex'),
    sizeBytes: raw.sizeBytes,
    at: raw.at.toISOString(),
  };
  return [
    announce(DocumentReceived, raw.messageId, document, because),
    announce(DocumentRejected, raw.messageId, { ...document, issues: [...issues] }, because),
  ];
}
