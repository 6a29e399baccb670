// A process that commits messages and, like every service, publishes what the outbox of all its instances holds.
import { Module } from '@nestjs/common';
import { OrderCancelRequested } from '@railhead/contracts';
import { runService, ServiceKitModule } from '@railhead/service-kit';
import { fileURLToPath } from 'node:url';
import { keysOf } from '../../controls/wishes.mjs';
import { Producer } from './producer.mjs';

const { SLOT, SEED, KEYS } = process.env;

class SourceModule {}
Module({})(SourceModule);

await runService({
  name: 'source',
  migrations: fileURLToPath(new URL('migrations', import.meta.url)),
  writes: [OrderCancelRequested],
  paths: [],
  module: (parts) => {
    const seed = Number(SEED);
    const keys = keysOf(seed, Number(KEYS));
    parts.background(new Producer({ work: parts.work, slot: Number(SLOT), seed, keys }));
    return { module: SourceModule, imports: [ServiceKitModule.forService(parts)] };
  },
});
