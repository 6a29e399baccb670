import { Module, type DynamicModule } from '@nestjs/common';
import { ServiceKitModule, type RunningParts } from '@railhead/service-kit';
import { ChangeRequestedHandler } from './handlers/change-requested.handler.js';
import { CreditReturnedHandler } from './handlers/credit-returned.handler.js';
import { DecisionsHandler } from './handlers/decisions.handler.js';
import { HeldOrderDesk } from './handlers/held-order-desk.js';
import { OrderCapturedHandler } from './handlers/order-captured.handler.js';
import { OrderChangedHandler } from './handlers/order-changed.handler.js';
import { ReferenceHandler } from './handlers/reference.handler.js';
import { OrderStore } from './store/order.store.js';
import { ReferenceStore } from './store/reference.store.js';

/** Judges captured orders: validated, held or rejected. */
@Module({})
export class ValidationModule {
  static with(parts: RunningParts): DynamicModule {
    return {
      module: ValidationModule,
      imports: [ServiceKitModule.forService(parts)],
      controllers: [
        OrderCapturedHandler,
        DecisionsHandler,
        ChangeRequestedHandler,
        OrderChangedHandler,
        CreditReturnedHandler,
        ReferenceHandler,
      ],
      providers: [OrderStore, ReferenceStore, HeldOrderDesk],
    };
  }
}
