import { Module, type DynamicModule } from '@nestjs/common';
import { ServiceKitModule, type RunningParts } from '@railhead/service-kit';
import { FulfillmentConfig, loadConfig } from './config.js';
import { BackorderServing } from './handlers/backorder-serving.js';
import { CancelRequestedHandler } from './handlers/cancel-requested.handler.js';
import { ChangeValidatedHandler } from './handlers/change-validated.handler.js';
import { OrderValidatedHandler } from './handlers/order-validated.handler.js';
import { SentElsewhereHandler } from './handlers/sent-elsewhere.handler.js';
import { ShipmentConfirmedHandler } from './handlers/shipment-confirmed.handler.js';
import { StockChangedHandler } from './handlers/stock-changed.handler.js';
import { EarlyCancelStore } from './store/early-cancel.store.js';
import { OrderStore } from './store/order.store.js';
import { QueueStore } from './store/queue.store.js';
import { StockStore } from './store/stock.store.js';

/** Promises stock, asks the warehouse to ship, and tells what was really shipped. */
@Module({})
export class FulfillmentModule {
  static with(parts: RunningParts, env: NodeJS.ProcessEnv): DynamicModule {
    return {
      module: FulfillmentModule,
      imports: [ServiceKitModule.forService(parts)],
      controllers: [
        OrderValidatedHandler,
        ChangeValidatedHandler,
        CancelRequestedHandler,
        ShipmentConfirmedHandler,
        SentElsewhereHandler,
        StockChangedHandler,
      ],
      providers: [
        OrderStore,
        StockStore,
        QueueStore,
        EarlyCancelStore,
        BackorderServing,
        { provide: FulfillmentConfig, useValue: loadConfig(env) },
      ],
    };
  }
}
