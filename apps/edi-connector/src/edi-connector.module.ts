import { Inject, Injectable, Module, type DynamicModule } from '@nestjs/common';
import { RawBodies } from '@railhead/connector-kit';
import { Clock, Outbox, ServiceKitModule, Work, type RunningParts } from '@railhead/service-kit';
import { loadConfig, type Config } from './config.js';
import { AnswerWriter } from './door/answer-writer.js';
import { DocumentReader } from './door/document-reader.js';
import { EdiDoor } from './door/edi-door.js';
import { InboxWatch } from './folder/inbox-watch.js';
import { OutboxDesk } from './folder/outbox-desk.js';
import { OutboxDeliverer } from './folder/outbox.deliverer.js';
import { AnswersHandler } from './handlers/answers.handler.js';
import { EdiController } from './http/edi.controller.js';
import { PartnerDirectory } from './partners/partner-directory.js';
import { ControlNumberStore } from './store/control-number.store.js';
import { DocumentStore } from './store/document.store.js';
import { OrderStore } from './store/order.store.js';
import { OutboundStore } from './store/outbound.store.js';

abstract class Surroundings {
  abstract readonly parts: RunningParts;
  abstract readonly config: Config;
}

/** What runs beside the HTTP side: the inbox folders and the outbox folders. */
@Injectable()
class Folders {
  constructor(
    door: EdiDoor,
    directory: PartnerDirectory,
    work: Work,
    outbound: OutboundStore,
    outbox: Outbox,
    clock: Clock,
    @Inject(Surroundings) { parts, config }: Surroundings,
  ) {
    parts.background(new InboxWatch(config, door, directory, work, clock, parts.context.log));
    parts.deliverers([new OutboxDeliverer(config.home, outbound, outbox, clock)]);
  }
}

/** X12 in and out, for each trading partner: orders in, 997, 855, 856 and 810 out. */
@Module({})
export class EdiConnectorModule {
  static with(parts: RunningParts, env: NodeJS.ProcessEnv): DynamicModule {
    const config = loadConfig(env);
    const settings = [
      { provide: Surroundings, useValue: { parts, config } },
      { provide: PartnerDirectory, useValue: new PartnerDirectory(config.partners) },
    ];
    const stores = [ControlNumberStore, DocumentStore, OrderStore, OutboundStore];
    return {
      module: EdiConnectorModule,
      imports: [ServiceKitModule.forService(parts)],
      controllers: [EdiController, AnswersHandler],
      providers: [...settings, ...stores, RawBodies, DocumentReader, AnswerWriter, OutboxDesk, EdiDoor, Folders],
    };
  }
}
