import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { Authenticator, ServiceKitModule, type RunningParts } from '@railhead/service-kit';
import { loadConfig } from './config.js';
import { FactsHandler } from './handlers/facts.handler.js';
import { ApiKeyAuthenticator } from './http/api-key.authenticator.js';
import { ChangeFeed } from './http/change-feed.js';
import { CommandsController } from './http/commands.controller.js';
import { CopiesController } from './http/copies.controller.js';
import { DeliveriesController } from './http/deliveries.controller.js';
import { DocsController } from './http/docs.controller.js';
import { Door } from './http/door.js';
import { EdiHeldController } from './http/edi-held.controller.js';
import { EdiController } from './http/edi.controller.js';
import { IntakeController } from './http/intake.controller.js';
import { JsonBody } from './http/json-body.js';
import { KeysController } from './http/keys.controller.js';
import { OperationsController } from './http/operations.controller.js';
import { OrderFinder } from './http/order-finder.js';
import { OrdersController } from './http/orders.controller.js';
import { ReportsController } from './http/reports.controller.js';
import { ServiceClient } from './http/service-client.js';
import { StreamController } from './http/stream.controller.js';
import { TasksController } from './http/tasks.controller.js';
import { WaitingDesk } from './http/waiting-desk.js';
import { KeysModule } from './keys.module.js';
import { ChangeStore } from './store/change.store.js';
import { CopyStore } from './store/copy.store.js';
import { DoorStore } from './store/door.store.js';
import { FactCodec } from './store/fact-codec.js';
import { FactStore } from './store/fact.store.js';
import { FoldWorker } from './store/fold-worker.js';
import { OrderStore } from './store/order.store.js';
import { TaskStore } from './store/task.store.js';

/** The public door: takes JSON orders, shows order files, passes on what people decide. */
@Module({})
export class GatewayModule {
  static with(parts: RunningParts, env: NodeJS.ProcessEnv): DynamicModule {
    const authenticator = { provide: Authenticator, useClass: ApiKeyAuthenticator };
    const stores = [FactCodec, FactStore, OrderStore, TaskStore, ChangeStore, CopyStore, DoorStore];
    return {
      module: GatewayModule,
      imports: [KeysModule.with(loadConfig(env)), ServiceKitModule.forService(parts, authenticator)],
      controllers: [
        EdiController,
        EdiHeldController,
        FactsHandler,
        IntakeController,
        OrdersController,
        CommandsController,
        CopiesController,
        TasksController,
        StreamController,
        ReportsController,
        KeysController,
        OperationsController,
        DeliveriesController,
        DocsController,
      ],
      providers: [...stores, Door, OrderFinder, ChangeFeed, ServiceClient, WaitingDesk, JsonBody, foldWorker(parts)],
    };
  }
}

function foldWorker(parts: RunningParts): Provider<FoldWorker> {
  return {
    provide: FoldWorker,
    inject: [OrderStore],
    useFactory: (orders: OrderStore) => {
      const worker = new FoldWorker(orders, parts.context.log);
      parts.background(worker);
      return worker;
    },
  };
}
