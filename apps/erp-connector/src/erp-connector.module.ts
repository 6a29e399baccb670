import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { Clock, ServiceContext, ServiceKitModule, type RunningParts } from '@railhead/service-kit';
import { ErpConfig, loadConfig, type ErpTarget } from './config.js';
import { OrderChangedHandler } from './handlers/order-changed.handler.js';
import { OrderValidatedHandler } from './handlers/order-validated.handler.js';
import { FolderWatch } from './import/folder-watch.js';
import { ReferenceImporter } from './import/reference-importer.js';
import { ErpClient } from './orders/erp.client.js';
import { SalesOrderDeliverer } from './orders/sales-order.deliverer.js';
import { ImportStore } from './store/import.store.js';
import { SalesOrderStore } from './store/sales-order.store.js';

/** Publishes what the ERP knows: products, prices, customers, stock; and puts validated orders into it. */
@Module({})
export class ErpConnectorModule {
  static with(parts: RunningParts, env: NodeJS.ProcessEnv): DynamicModule {
    const config = loadConfig(env);
    const watch = {
      provide: FolderWatch,
      inject: [ErpConfig, ReferenceImporter, ServiceContext, Clock],
      useFactory: (
        given: ErpConfig,
        importer: ReferenceImporter,
        context: ServiceContext,
        clock: Clock,
      ): FolderWatch => {
        const made = new FolderWatch(given, importer, context, clock);
        parts.background(made);
        return made;
      },
    };
    const { target } = config;
    return {
      module: ErpConnectorModule,
      imports: [ServiceKitModule.forService(parts)],
      // Without an ERP to push to, the topic is not even read.
      controllers: target === undefined ? [] : [OrderValidatedHandler, OrderChangedHandler],
      providers: [
        ImportStore,
        SalesOrderStore,
        ReferenceImporter,
        { provide: ErpConfig, useValue: config },
        watch,
        ...(target === undefined ? [] : [push(parts, target)]),
      ],
    };
  }
}

function push(parts: RunningParts, target: ErpTarget): Provider {
  return {
    provide: SalesOrderDeliverer,
    inject: [SalesOrderStore, Clock],
    useFactory: (store: SalesOrderStore, clock: Clock): SalesOrderDeliverer => {
      const settings = { callsMax: target.callsMax, settleMs: target.timeoutMs };
      const made = new SalesOrderDeliverer(new ErpClient(target), store, clock, parts.context.log, settings);
      parts.deliverers([made]);
      return made;
    },
  };
}
