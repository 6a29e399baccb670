import type { Tx } from '@railhead/database';
import { Failure, planDeliveries, type Deliverer, type Delivery, type Say } from '@railhead/service-kit';
import type { PartnerDirectory } from '../partners/partner-directory.js';
import { TRANSPORTS, type TransportName } from '../partners/partner-parts.js';
import type { DocumentAxes } from './document-axes.js';
import type { PartnerGate } from './partner-gate.js';
import { kindOf, RECEIPT_LATER, TRY_MARK, type Parcel, type Transport } from './transport.js';

/** The partner takes its documents another way now, which is named behind this. */
const OTHER_WAY = 'other-way:';
const SAFE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/;

/** Carries documents out over one transport. A partner that is slow or away holds up nobody but itself. */
export class DocumentDeliverer implements Deliverer {
  readonly kind: string;

  constructor(
    private readonly transport: Transport,
    private readonly directory: PartnerDirectory,
    private readonly axes: DocumentAxes,
    /** Absent where no call waits for anybody else: a folder of ours. */
    private readonly gate?: PartnerGate,
  ) {
    this.kind = kindOf(transport.name);
  }

  async deliver(delivery: Delivery): Promise<string | void> {
    const parcel = this.parcelOf(delivery);
    return this.otherWay(delivery, parcel) ?? this.through(parcel, () => this.transport.send(parcel));
  }

  async lookUp(delivery: Delivery): Promise<'done' | 'not-done' | { readonly receipt: string }> {
    const parcel = this.parcelOf(delivery);
    const receipt = this.otherWay(delivery, parcel);
    if (receipt !== undefined) return { receipt };
    return this.through(parcel, () => this.transport.lookUp(parcel));
  }

  /** In the transaction that marks the delivery. Acknowledgements of ours have no axes of their own. */
  async confirmed(delivery: Delivery, tx: Tx, say: Say, receipt: string | undefined): Promise<void> {
    const { documentId, partner } = delivery.attributes;
    if (receipt === RECEIPT_LATER) return;
    const other = TRANSPORTS.find((one) => receipt === `${OTHER_WAY}${one}`);
    if (other !== undefined) return this.move(delivery, other, tx, say);
    if (documentId === undefined) return this.axes.answerDelivered(delivery, say);
    const profile = this.directory.byName(partner ?? '');
    await this.axes.delivered(documentId, profile ?? { acknowledgeWithinHours: 0 }, tx, say);
  }

  async failed(delivery: Delivery, tx: Tx, say: Say, error: unknown): Promise<void> {
    const { documentId } = delivery.attributes;
    const because = error instanceof Error ? error.message : String(error);
    if (documentId !== undefined) await this.axes.undelivered(documentId, because, tx, say);
    else this.axes.answerUndelivered(delivery, because, say);
  }

  /** A document of ours stays a task until somebody decides about the document. */
  async discarded(delivery: Delivery, _tx: Tx, say: Say, actor: string): Promise<void> {
    if (delivery.attributes['documentId'] === undefined) this.axes.answerDropped(delivery, actor, say);
  }

  /** It is on its way again, as if somebody had said `send`. */
  async replayed({ attributes, idempotencyKey }: Delivery, tx: Tx): Promise<void> {
    const { documentId } = attributes;
    if (documentId !== undefined) await this.axes.triedAnew(documentId, this.transport.name, tx);
    await this.transport.triedAnew?.(idempotencyKey, tx);
  }

  /** Only what has surely not left yet may go another way: of a try whose answer was lost nobody knows. */
  private otherWay({ tries, idempotencyKey }: Delivery, { partner: { transport } }: Parcel): string | undefined {
    const hasNotLeft = tries <= 1 && !idempotencyKey.includes(TRY_MARK);
    return hasNotLeft && transport !== this.transport.name ? `${OTHER_WAY}${transport}` : undefined;
  }

  private async move(delivery: Delivery, transport: TransportName, tx: Tx, say: Say): Promise<void> {
    const { idempotencyKey, payload, attributes } = delivery;
    const key = `${idempotencyKey}:${transport}`;
    await planDeliveries(tx, [{ kind: kindOf(transport), idempotencyKey: key, payload, attributes }]);
    const { documentId } = attributes;
    if (documentId === undefined) this.axes.answerMoved(delivery, transport, say);
    else await this.axes.triedAnew(documentId, transport, tx);
  }

  private through<T>({ partner }: Parcel, call: () => Promise<T>): Promise<T> {
    return this.gate === undefined ? call() : this.gate.through(partner.name, call);
  }

  private parcelOf({ attributes, payload, idempotencyKey }: Delivery): Parcel {
    const { partner: name = '', fileName = '', documentId } = attributes;
    if (!SAFE_NAME.test(name) || !SAFE_NAME.test(fileName))
      throw Failure.permanent('CONTRACT_VIOLATION', 'not a name for a file of a partner');
    const partner = this.directory.byName(name);
    if (partner === undefined) throw Failure.transient('PARTNER_UNAVAILABLE', `${name} is no partner now`);
    return { partner, fileName, bytes: payload, key: idempotencyKey, documentId };
  }
}
