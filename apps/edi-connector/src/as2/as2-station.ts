import { Inject, Injectable, type Provider } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Clock, Work } from '@railhead/service-kit';
import type { FastifyInstance } from 'fastify';
import { EdiDoor } from '../door/edi-door.js';
import { PartnerDirectory } from '../partners/partner-directory.js';
import { Surroundings } from '../surroundings.js';
import { DocumentAxes } from '../transport/document-axes.js';
import { DocumentDeliverer } from '../transport/document.deliverer.js';
import { PartnerGate } from '../transport/partner-gate.js';
import { As2Intake } from './as2-intake.js';
import { As2Login } from './as2-login.js';
import { As2Receipts } from './as2-receipts.js';
import { As2Receiver } from './as2-receiver.js';
import { As2Settings } from './as2-settings.js';
import { As2Transport } from './as2.transport.js';
import { CertificateWatch } from './certificate-watch.js';
import { InboundDeliverer } from './inbound.deliverer.js';
import { ReceiptWatch } from './receipt-watch.js';
import { ReceiptWriter } from './receipt-writer.js';
import { ReceiptDeliverer } from './receipt.deliverer.js';
import { ReceivedStore } from './received.store.js';
import { SentStore } from './sent.store.js';
import { UnfoldingDoor, type UnfoldingDoorSettings } from './unfolding-door.js';

/** 50 MB over a slow line. */
const UPLOAD_MS = 3_600_000;

/** What runs beside the HTTP side of AS2: messages out, receipts out, payloads to our own door, the port for old servers. */
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
    login: As2Login,
    http: HttpAdapterHost,
    @Inject(Surroundings) { parts, config }: Surroundings,
  ) {
    const { db, log, env } = parts.context;
    const transport = new As2Transport(settings, sent, receipts, clock, login);
    parts.deliverers([
      new DocumentDeliverer(transport, directory, axes, new PartnerGate()),
      new ReceiptDeliverer(directory, new PartnerGate(), clock, login),
      new InboundDeliverer(door, directory, db),
    ]);
    parts.background(new ReceiptWatch(sent, axes, directory, work, config.pollMs, log));
    parts.background(new CertificateWatch(directory, settings.keys, work, clock, config.pollMs, log));
    if (settings.port === undefined) return;
    const route: UnfoldingDoorSettings['route'] = (request, response) =>
      http.httpAdapter.getInstance<FastifyInstance>().routing(request, response);
    const place = { port: settings.port, host: env.HTTP_HOST, requestTimeoutMs: UPLOAD_MS };
    parts.background(new UnfoldingDoor({ ...place, route }, log));
  }
}

/** AS2, for the module. */
export const AS2_PROVIDERS: readonly Provider[] = [
  ReceivedStore,
  SentStore,
  ReceiptWriter,
  As2Login,
  As2Receipts,
  As2Receiver,
  As2Intake,
  As2Station,
];
