import { planDeliveries, RepeatedLook, type Log, type Work } from '@railhead/service-kit';
import type { PartnerDirectory } from '../partners/partner-directory.js';
import type { DocumentAxes } from '../transport/document-axes.js';
import { kindOf, TRY_MARK } from '../transport/transport.js';
import type { SentMessage, SentStore } from './sent.store.js';

const AT_ONCE = 20;

/** Sends again, under the same Message-ID, what no receipt came for; after some tries a person has to look. */
export class ReceiptWatch extends RepeatedLook {
  constructor(
    private readonly store: SentStore,
    private readonly axes: DocumentAxes,
    private readonly directory: PartnerDirectory,
    private readonly work: Pick<Work, 'run'>,
    pollMs: number,
    log: Log,
  ) {
    super(pollMs, log, 'overdue AS2 receipts are looked at again');
  }

  protected override async look(): Promise<void> {
    await this.work.run(async (tx, say) => {
      for (const message of await this.store.overdue(AT_ONCE, tx)) {
        const { messageId, attempts, documentId, partner, parcelKey } = message;
        if (attempts < (this.directory.byName(partner)?.as2?.sendsMax ?? 0)) {
          await this.store.queueAgain(messageId, tx);
          await planDeliveries(tx, [again(message)]);
          continue;
        }
        const why = `sent ${attempts} times, and no receipt came`;
        await this.store.settle(messageId, 'failed', undefined, why, tx);
        if (documentId !== undefined) await this.axes.undelivered(documentId, why, tx, say);
        else await this.axes.answerWithoutReceipt(parcelKey, why, tx, say);
      }
    });
  }
}

/** What is sent is kept with the message; the delivery only says which. */
function again({
  parcelKey,
  attempts,
  partner,
  fileName,
  documentId,
}: SentMessage): Parameters<typeof planDeliveries>[1][number] {
  return {
    kind: kindOf('as2'),
    idempotencyKey: `${parcelKey}${TRY_MARK}${attempts + 1}`,
    payload: Buffer.alloc(0),
    attributes: { partner, fileName, ...(documentId !== undefined && { documentId }) },
  };
}
