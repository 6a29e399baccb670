import { ConflictException, Injectable, NotFoundException } from '@nestjs/common';
import type { Tx } from '@railhead/database';
import { Clock, ServiceContext, Work, type Say } from '@railhead/service-kit';
import { OutboxDesk } from '../folder/outbox-desk.js';
import { PartnerDirectory } from '../partners/partner-directory.js';
import { OutboundStore, type StoredDocument } from '../store/outbound.store.js';
import { DocumentAxes } from './document-axes.js';
import { TASK_KINDS } from './document-task.js';

/** Who decides, and why. */
export interface DecidedBy {
  readonly by: string;
  readonly reason: string;
}

/** What people decide about documents of ours that are not well. */
@Injectable()
export class OutboundDecisions {
  constructor(
    private readonly outbound: OutboundStore,
    private readonly desk: OutboxDesk,
    private readonly axes: DocumentAxes,
    private readonly directory: PartnerDirectory,
    private readonly work: Work,
    private readonly clock: Clock,
    private readonly context: ServiceContext,
  ) {}

  /** @throws NotFoundException, ConflictException when the document is not in a state for it. */
  async decide(documentId: string, action: 'send' | 'discard' | 'close', who: DecidedBy): Promise<void> {
    await this.work.run(async (tx, say) => {
      const document = await this.outbound.lock(documentId, tx);
      if (document === undefined) throw new NotFoundException(`there is no document ${documentId}`);
      if (action === 'send') await this.send(document, tx, say);
      else if (action === 'discard') await this.discard(document, tx);
      if (action !== 'send') say(...(await this.axes.close(documentId, TASK_KINDS, outcomeOf(action, who), tx)));
    });
    this.context.log.info({ documentId, action, ...who }, 'decided about a document of ours');
  }

  private async send(document: StoredDocument, tx: Tx, say: Say): Promise<void> {
    const partner = this.directory.byName(document.partner);
    if (partner === undefined) throw new ConflictException(`${document.partner} is no partner now`);
    if (document.sentAt !== null || document.isDiscarded)
      throw new ConflictException('only what has not left can be sent again');
    if (document.controlNumber === null) say(...(await this.desk.writeAgain(document, partner, tx)));
    else if (document.undeliveredAt !== null && (await this.outbound.withdraw(document.documentId, tx)))
      await this.desk.deliverAgain(document, partner, tx);
    else throw new ConflictException('it is on its way');
  }

  private async discard(document: StoredDocument, tx: Tx): Promise<void> {
    if (document.sentAt !== null) throw new ConflictException('it has left already');
    const isStranded = this.directory.byName(document.partner) === undefined;
    if (document.controlNumber !== null && document.undeliveredAt === null && !isStranded)
      throw new ConflictException('it is on its way');
    if (!(await this.outbound.withdraw(document.documentId, tx, isStranded)))
      throw new ConflictException('it is on its way');
    await this.outbound.discard(document.documentId, tx);
  }
}

function outcomeOf(action: 'discard' | 'close', { by }: DecidedBy): string {
  return `${action === 'discard' ? 'discarded' : 'closed'} by ${by}`.slice(0, 60);
}
