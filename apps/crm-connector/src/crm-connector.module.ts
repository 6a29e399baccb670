import { Inject, Injectable, Module, type DynamicModule } from '@nestjs/common';
import { RawBodies } from '@railhead/connector-kit';
import { ServiceKitModule, type RunningParts } from '@railhead/service-kit';
import { loadConfig } from './config.js';
import { OutboundMessagesController } from './http/outbound-messages.controller.js';
import { DealDoor } from './reading/deal-door.js';
import { DealPoller, PollInterval } from './reading/deal-poller.js';
import { DealReader } from './reading/deal-reader.js';
import { MessageDoor } from './reading/message-door.js';
import { Organizations } from './reading/organizations.js';
import { DealStore } from './store/deal.store.js';
import { HintStore } from './store/hint.store.js';

abstract class Parts {}

/** What runs beside the HTTP side: the reader and the poller. */
@Injectable()
class BackgroundJobs {
  constructor(reader: DealReader, poller: DealPoller, @Inject(Parts) parts: RunningParts) {
    parts.background(reader);
    parts.background(poller);
  }
}

/** Takes won deals of a CRM: pushed or found changed, read back, captured as orders. */
@Module({})
export class CrmConnectorModule {
  static with(parts: RunningParts, env: NodeJS.ProcessEnv): DynamicModule {
    const { organizations, pollSeconds } = loadConfig(env);
    const settings = [
      { provide: Parts, useValue: parts },
      { provide: Organizations, useValue: new Organizations(organizations) },
      { provide: PollInterval, useValue: new PollInterval(pollSeconds) },
    ];
    return {
      module: CrmConnectorModule,
      imports: [ServiceKitModule.forService(parts)],
      controllers: [OutboundMessagesController],
      providers: [
        ...settings,
        RawBodies,
        MessageDoor,
        DealDoor,
        DealReader,
        DealPoller,
        DealStore,
        HintStore,
        BackgroundJobs,
      ],
    };
  }
}
