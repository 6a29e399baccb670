import { Module, type DynamicModule } from '@nestjs/common';
import { RawBodies } from '@railhead/connector-kit';
import { ServiceKitModule, type RunningParts } from '@railhead/service-kit';
import { loadConfig } from './config.js';
import { ShopifyWebhooksController } from './http/shopify-webhooks.controller.js';
import { ShopDirectory } from './shopify/shop.js';
import { WebhookDoor } from './shopify/webhook-door.js';
import { DoorStore } from './store/door.store.js';

/** Takes orders of web shops: signed webhooks become captured orders. */
@Module({})
export class CommerceConnectorModule {
  static with(parts: RunningParts, env: NodeJS.ProcessEnv): DynamicModule {
    const { shops } = loadConfig(env);
    return {
      module: CommerceConnectorModule,
      imports: [ServiceKitModule.forService(parts)],
      controllers: [ShopifyWebhooksController],
      providers: [RawBodies, WebhookDoor, DoorStore, { provide: ShopDirectory, useValue: new ShopDirectory(shops) }],
    };
  }
}
