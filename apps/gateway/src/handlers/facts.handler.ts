import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import type { Tx } from '@railhead/database';
import { Batch } from '@railhead/service-kit';
import { FACT_TYPES } from '../domain/fact.js';
import { FactStore } from '../store/fact.store.js';

/** Files everything that is told about orders. What it means is decided when a file is read. */
@Controller()
export class FactsHandler {
  constructor(private readonly facts: FactStore) {}

  @EventPattern<string[]>([...FACT_TYPES])
  async handle(batch: Batch, tx: Tx): Promise<void> {
    await this.facts.add(batch.events, tx);
  }
}
