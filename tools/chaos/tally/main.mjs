// A service of the rig's own, on the same kit as the others. Most handlers of the product would forgive a repeat, because
// their tables do; this one counts every time it is called, so that it shows whether the inbox alone keeps its promise.
import { Controller, Module } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { runService, ServiceKitModule } from '@railhead/service-kit';
import { fileURLToPath } from 'node:url';
import { COUNTED } from './counted.mjs';

class TallyHandler {}
for (const type of COUNTED) {
  const name = `count ${type}`;
  const count = async (batch, tx) => {
    await tx.query(
      `INSERT INTO tally AS t (type, key, count) SELECT $1, key, 1 FROM unnest($2::text[]) AS key ORDER BY key
       ON CONFLICT (type, key) DO UPDATE SET count = t.count + 1`,
      [type, [...batch.subjects]],
    );
  };
  Object.defineProperty(TallyHandler.prototype, name, { value: count, writable: true, configurable: true });
  EventPattern(type)(TallyHandler.prototype, name, Object.getOwnPropertyDescriptor(TallyHandler.prototype, name));
}
Controller()(TallyHandler);

class TallyModule {}
Module({})(TallyModule);

await runService({
  name: 'tally',
  migrations: fileURLToPath(new URL('migrations', import.meta.url)),
  writes: [],
  paths: [],
  module: (parts) => ({
    module: TallyModule,
    imports: [ServiceKitModule.forService(parts)],
    controllers: [TallyHandler],
  }),
});
