import { Module, type DynamicModule } from '@nestjs/common';
import { RawBodies } from '@railhead/connector-kit';
import { ServiceKitModule, type RunningParts } from '@railhead/service-kit';
import { CarrierConfig, loadConfig } from './config.js';
import { ShipmentDispatchedHandler } from './handlers/shipment-dispatched.handler.js';
import { CarrierEventsController } from './http/carrier-events.controller.js';
import { MessageStore } from './store/message.store.js';
import { ShipmentReader } from './store/shipment-reader.js';
import { TrackingStore } from './store/tracking.store.js';
import { MessageIntake } from './tracking/message-intake.js';
import { ShipmentFollower } from './tracking/shipment-follower.js';

/** Listens to carriers and says where the parcels of our shipments are. */
@Module({})
export class CarrierConnectorModule {
  static with(parts: RunningParts, env: NodeJS.ProcessEnv): DynamicModule {
    const stores = [MessageStore, TrackingStore, ShipmentReader];
    return {
      module: CarrierConnectorModule,
      imports: [ServiceKitModule.forService(parts)],
      controllers: [ShipmentDispatchedHandler, CarrierEventsController],
      providers: [
        ...stores,
        ShipmentFollower,
        MessageIntake,
        RawBodies,
        { provide: CarrierConfig, useValue: loadConfig(env) },
      ],
    };
  }
}
