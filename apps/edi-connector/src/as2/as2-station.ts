import { Inject, Injectable, type Provider } from '@nestjs/common';
import { Clock, Work } from '@railhead/service-kit';
import { EdiDoor } from '../door/edi-door.js';
import { PartnerDirectory } from '../partners/partner-directory.js';
import { Surroundings } from '../surroundings.js';
import { DocumentAxes } from '../transport/document-axes.js';
import { DocumentDeliverer } from '../transport/document.deliverer.js';
import { PartnerGate } from '../transport/partner-gate.js';
import { As2Receipts } from './as2-receipts.js';
import { As2Receiver } from './as2-receiver.js';
import { As2Settings } from './as2-settings.js';
import { As2Transport } from './as2.transport.js';
import { InboundDeliverer } from './inbound.deliverer.js';
import { ReceiptWatch } from './receipt-watch.js';
import { ReceiptWriter } from './receipt-writer.js';
import { ReceiptDeliverer } from './receipt.deliverer.js';
import { ReceivedStore } from './received.store.js';
import { SentStore } from './sent.store.js';

/** What runs beside the HTTP side of AS2: messages out, receipts out, payloads to our own door. */
@Injectable()
class As2Station {
  constructor(
    settings: As2Settings,
    door: EdiDoor,
    directory: PartnerDirectory,
    sent: SentStore,
    receipts: As2Receipts,
    axes: DocumentAxes,
    work: Work,
    clock: Clock,
    @Inject(Surroundings) { parts, config }: Surroundings,
  ) {
    const { db, log } = parts.context;
    const transport = new As2Transport(settings, sent, receipts, clock);
    parts.deliverers([
      new DocumentDeliverer(transport, directory, axes, new PartnerGate()),
      new ReceiptDeliverer(directory, new PartnerGate(), clock),
      new InboundDeliverer(door, directory, db),
    ]);
    parts.background(new ReceiptWatch(sent, axes, directory, work, config.pollMs, log));
  }
}

/** AS2, for the module. */
export const AS2_PROVIDERS: readonly Provider[] = [
  ReceivedStore,
  SentStore,
  ReceiptWriter,
  As2Receipts,
  As2Receiver,
  As2Station,
];
