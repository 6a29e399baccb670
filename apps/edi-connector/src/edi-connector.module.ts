import { Inject, Injectable, Module, type DynamicModule } from '@nestjs/common';
import { Clock, ServiceKitModule, Work, type RunningParts } from '@railhead/service-kit';
import { As2Controller } from './as2/as2.controller.js';
import { As2Settings } from './as2/as2-settings.js';
import { AS2_PROVIDERS } from './as2/as2-station.js';
import { BODY_BYTES_MAX, loadConfig } from './config.js';
import { DocumentKeeper } from './door/document-keeper.js';
import { DocumentReading } from './door/document-reading.js';
import { DOOR_PROVIDERS } from './door/door.providers.js';
import { EdiDoor } from './door/edi-door.js';
import { EdiSettings } from './door/edi-settings.js';
import { ReadingWorker } from './door/reading-worker.js';
import { InboxWatch } from './folder/inbox-watch.js';
import { OutboxDesk } from './folder/outbox-desk.js';
import { AnswersHandler } from './handlers/answers.handler.js';
import { MESSAGE_HANDLERS, MESSAGE_PROVIDERS } from './handlers/message-desk.js';
import { Callers } from './http/callers.js';
import { DocumentsController } from './http/documents.controller.js';
import { EdiBodies } from './http/edi-bodies.js';
import { EdiController } from './http/edi.controller.js';
import { HeldController } from './http/held.controller.js';
import { MessagesController } from './http/messages.controller.js';
import { OutboundController } from './http/outbound.controller.js';
import { OutboxController } from './http/outbox.controller.js';
import { PartnersController } from './http/partners.controller.js';
import { UnknownSendersController } from './http/unknown-senders.controller.js';
import { PartnerDirectory } from './partners/partner-directory.js';
import { PartnerRegistry, PartnerSource } from './partners/partner-registry.js';
import { PartnerWatch } from './partners/partner-watch.js';
import { ProfileSecrets } from './partners/profile-secrets.js';
import { SftpStation } from './sftp/sftp-station.js';
import { ControlNumberStore } from './store/control-number.store.js';
import { DocumentTaskStore } from './store/document-task.store.js';
import { OutboundViewStore } from './store/outbound-view.store.js';
import { OutboundStore } from './store/outbound.store.js';
import { PartnerStore } from './store/partner.store.js';
import { ReadingStore } from './store/reading.store.js';
import { UnknownSenderStore } from './store/unknown-sender.store.js';
import { Surroundings } from './surroundings.js';
import { Departures } from './transport/departures.js';
import { DocumentAxes } from './transport/document-axes.js';
import { OutboundDecisions } from './transport/outbound-decisions.js';

/** What runs beside the HTTP side: the inbox folders, and the reading of what is large. */
@Injectable()
class Folders {
  constructor(
    door: EdiDoor,
    directory: PartnerDirectory,
    work: Work,
    clock: Clock,
    readings: ReadingStore,
    reading: DocumentReading,
    keeper: DocumentKeeper,
    @Inject(Surroundings) { parts, config }: Surroundings,
  ) {
    const { db, log } = parts.context;
    parts.background(new ReadingWorker(db, readings, reading, keeper, log));
    parts.background(new InboxWatch(config, door, directory, work, clock, log));
  }
}

/** X12 in and out, for each trading partner: orders in, 997, 855, 856 and 810 out. */
@Module({})
export class EdiConnectorModule {
  static with(parts: RunningParts, env: NodeJS.ProcessEnv): DynamicModule {
    const config = loadConfig(env);
    const settings = [
      { provide: Surroundings, useValue: { parts, config } },
      { provide: EdiSettings, useValue: config },
      { provide: PartnerDirectory, useValue: new PartnerDirectory(config.partners) },
      { provide: As2Settings, useValue: { ...config, ...config.as2, bytesMax: BODY_BYTES_MAX } },
      { provide: PartnerSource, useValue: { file: config.partnersFile, entries: config.entries } },
    ];
    const stores = [ControlNumberStore, OutboundStore, DocumentTaskStore, PartnerStore, UnknownSenderStore];
    const outgoing = [OutboxDesk, DocumentAxes, OutboundDecisions, OutboundViewStore, Departures, SftpStation];
    const partners = [PartnerRegistry, PartnerWatch, ProfileSecrets];
    return {
      module: EdiConnectorModule,
      imports: [ServiceKitModule.forService(parts)],
      controllers: [
        EdiController,
        DocumentsController,
        HeldController,
        UnknownSendersController,
        PartnersController,
        OutboundController,
        OutboxController,
        As2Controller,
        MessagesController,
        AnswersHandler,
        ...MESSAGE_HANDLERS,
      ],
      providers: [
        ...settings,
        ...stores,
        EdiBodies,
        Callers,
        ...MESSAGE_PROVIDERS,
        ...DOOR_PROVIDERS,
        ...outgoing,
        ...partners,
        ...AS2_PROVIDERS,
        Folders,
      ],
    };
  }
}
