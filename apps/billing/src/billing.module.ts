import { ServiceKitModule, type RunningParts } from '@railhead/service-kit';
import { Module, type DynamicModule } from '@nestjs/common';
import { BillingConfig, loadConfig } from './config.js';
import { OrderChangedHandler } from './invoicing/handlers/order-changed.handler.js';
import { OrderValidatedHandler } from './invoicing/handlers/order-validated.handler.js';
import { ShipmentDeliveredHandler } from './invoicing/handlers/shipment-delivered.handler.js';
import { ShipmentDispatchedHandler } from './invoicing/handlers/shipment-dispatched.handler.js';
import { InvoiceDesk } from './invoicing/invoice-desk.js';
import { ShipmentSteps } from './invoicing/shipment-steps.js';
import { InvoiceStore } from './invoicing/store/invoice.store.js';
import { OrderStore } from './invoicing/store/order.store.js';
import { WaitingShipmentStore } from './invoicing/store/waiting-shipment.store.js';
import { LedgerStore } from './ledger/store/ledger.store.js';
import { CashDesk } from './receivables/cash-desk.js';
import { OrderFulfilledHandler } from './receivables/handlers/order-fulfilled.handler.js';
import { PaymentReceivedHandler } from './receivables/handlers/payment-received.handler.js';
import { SettlementDesk } from './receivables/settlement-desk.js';
import { PaymentStore } from './receivables/store/payment.store.js';
import { ReceivableStore } from './receivables/store/receivable.store.js';

const INVOICING = {
  handlers: [OrderValidatedHandler, OrderChangedHandler, ShipmentDispatchedHandler, ShipmentDeliveredHandler],
  providers: [InvoiceDesk, ShipmentSteps, OrderStore, InvoiceStore, WaitingShipmentStore],
};
const RECEIVABLES = {
  handlers: [PaymentReceivedHandler, OrderFulfilledHandler],
  providers: [CashDesk, SettlementDesk, PaymentStore, ReceivableStore],
};

/** Invoices what shipped, applies what was paid, and keeps the books. */
@Module({})
export class BillingModule {
  static with(parts: RunningParts, env: NodeJS.ProcessEnv): DynamicModule {
    return {
      module: BillingModule,
      imports: [ServiceKitModule.forService(parts)],
      controllers: [...INVOICING.handlers, ...RECEIVABLES.handlers],
      providers: [
        { provide: BillingConfig, useValue: loadConfig(env) },
        ...INVOICING.providers,
        ...RECEIVABLES.providers,
        LedgerStore,
      ],
    };
  }
}
