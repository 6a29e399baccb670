import { Injectable } from '@nestjs/common';
import { Clock, ServiceContext, Work, type Log } from '@railhead/service-kit';
import { certificatesFor, type As2Profile } from '../partners/as2-profile.js';
import { PartnerDirectory } from '../partners/partner-directory.js';
import type { Partner } from '../partners/partner.js';
import { DocumentAxes } from '../transport/document-axes.js';
import type { As2Answer } from './as2-answer.js';
import { RECEIPT_BYTES_MAX } from './as2-client.js';
import { inBrackets, readAs2Name } from './as2-names.js';
import { judgeReceipt, type ReceiptVerdict } from './judge-receipt.js';
import type { HeaderFields } from './mime/header-fields.js';
import { readReceipt, type Receipt } from './receipt.js';
import { SentStore, type SentMessage } from './sent.store.js';

const TAKEN: As2Answer = { status: 200, headers: [], body: Buffer.alloc(0) };
const UNPROVEN = 'it is signed by nobody we know, or cannot be read';
const NOT_TAKEN: As2Answer = { status: 403, headers: [], body: Buffer.alloc(0) };

/** Takes the receipts of partners: those in an answer, and those that are posted to us later. */
@Injectable()
export class As2Receipts {
  private readonly log: Log;

  constructor(
    private readonly directory: PartnerDirectory,
    private readonly store: SentStore,
    private readonly axes: DocumentAxes,
    private readonly work: Work,
    private readonly clock: Clock,
    { log }: ServiceContext,
  ) {
    this.log = log;
  }

  /** A receipt that was posted to us. */
  async take(headers: HeaderFields, body: Buffer): Promise<As2Answer> {
    const [from, to] = [readAs2Name(headers.get('as2-from')), readAs2Name(headers.get('as2-to'))];
    if (from === undefined || to === undefined) return this.turnedAway('AS2-From and AS2-To are needed');
    if (body.length > RECEIPT_BYTES_MAX) return this.turnedAway('it is too long');
    const partner = this.directory.all.find(({ as2 }) => as2?.theirId === from && as2.ourId === to);
    if (partner?.as2 === undefined) return this.turnedAway('no partner has these AS2 names');
    const receipt = this.read(headers, body, partner.as2);
    const why = receipt === undefined ? UNPROVEN : await this.settle(receipt, body, partner, partner.as2);
    return why === undefined ? TAKEN : this.turnedAway(why, partner.name);
  }

  /** They are told less, on purpose. */
  private turnedAway(why: string, partner?: string): As2Answer {
    this.log.warn({ partner, why }, 'AS2 receipt is not taken');
    return NOT_TAKEN;
  }

  /** Judges what was in the answer to a message of ours. */
  judge(headers: HeaderFields, body: Buffer, message: SentMessage, profile: As2Profile): ReceiptVerdict {
    return judgeReceipt(this.read(headers, body, profile), expectedOf(message, profile));
  }

  private read(headers: HeaderFields, body: Buffer, profile: As2Profile): Receipt | undefined {
    try {
      const trusted = certificatesFor(profile, 'signing', this.clock.now());
      return readReceipt(headers, body, trusted, profile.weakAlgorithms === 'read');
    } catch (error) {
      this.log.warn({ err: error }, 'AS2 receipt cannot be read');
      return undefined;
    }
  }

  /** @returns why it is not taken: it proves nothing, or is about nothing of ours. */
  private settle(receipt: Receipt, body: Buffer, partner: Partner, profile: As2Profile): Promise<string | undefined> {
    return this.work.run(async (tx, say) => {
      const message = await this.store.lock(inBrackets(receipt.originalMessageId), tx);
      if (message === undefined || message.partner !== partner.name) return 'it is about no message that we sent them';
      const verdict = judgeReceipt(receipt, expectedOf(message, profile));
      if (verdict.kind === 'ignored') return verdict.why;
      if (message.state === 'done') return undefined;
      const { documentId, messageId, parcelKey } = message;
      if (verdict.kind === 'received') {
        await this.store.settle(messageId, 'done', body, '', tx);
        if (documentId !== undefined) await this.axes.delivered(documentId, partner, tx, say);
        else await this.axes.answerReceived(parcelKey, tx, say);
      } else {
        await this.store.settle(messageId, 'failed', body, verdict.why, tx);
        if (documentId !== undefined) await this.axes.undelivered(documentId, verdict.why, tx, say);
        else await this.axes.answerWithoutReceipt(parcelKey, verdict.why, tx, say);
      }
      return undefined;
    });
  }
}

function expectedOf(
  { messageId, mics }: SentMessage,
  { mdnSigned, sign }: As2Profile,
): Parameters<typeof judgeReceipt>[1] {
  return { messageId, mics, mustBeSigned: mdnSigned, mustHoldCode: mdnSigned && sign !== 'none' };
}
