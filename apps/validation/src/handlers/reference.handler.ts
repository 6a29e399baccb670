import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { CustomerChanged, PriceChanged, ProductChanged } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { Batch, type HandlerResult } from '@railhead/service-kit';
import { ReferenceStore } from '../store/reference.store.js';

/** Keeps our copy of the reference data up to date. */
@Controller()
export class ReferenceHandler {
  constructor(private readonly reference: ReferenceStore) {}

  @EventPattern<string>(CustomerChanged.type)
  async customers(batch: Batch<CustomerChanged>, tx: Tx): Promise<HandlerResult> {
    await this.reference.saveCustomers(
      batch.events.map((event) => event.data),
      tx,
    );
    await this.reference.noteRead(tx);
  }

  @EventPattern<string>(ProductChanged.type)
  async products(batch: Batch<ProductChanged>, tx: Tx): Promise<HandlerResult> {
    await this.reference.saveProducts(
      batch.events.map((event) => event.data),
      tx,
    );
    await this.reference.noteRead(tx);
  }

  @EventPattern<string>(PriceChanged.type)
  async prices(batch: Batch<PriceChanged>, tx: Tx): Promise<HandlerResult> {
    await this.reference.savePrices(
      batch.events.map((event) => event.data),
      tx,
    );
    await this.reference.noteRead(tx);
  }
}
