// The service the experiments are made on: the product's kit, and a handler that does something again whenever it is called
// again. The product's own handlers would forgive most repeats, because their tables do.
import { Controller, Module } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { OrderCancelRequested, OrderRejected } from '@railhead/contracts';
import { ServiceKitModule } from '@railhead/service-kit';
import { fileURLToPath } from 'node:url';

class SubjectHandler {
  async take(batch, tx) {
    const rows = [batch.subjects, batch.events.map(({ data }) => Number(data.reason))];
    const refused = await tx.query(
      'SELECT 1 FROM refused JOIN unnest($1::text[], $2::int[]) AS t(key, number) USING (key, number)',
      rows,
    );
    if (refused.length > 0) throw new Error('refused for now');
    await tx.query(
      'INSERT INTO effects (key, number, process) SELECT key, number, $3 FROM unnest($1::text[], $2::int[]) AS t(key, number)',
      [...rows, process.pid],
    );
  }
}
const { prototype } = SubjectHandler;
EventPattern(OrderCancelRequested.type)(prototype, 'take', Object.getOwnPropertyDescriptor(prototype, 'take'));
Controller()(SubjectHandler);

class SubjectModule {}
Module({})(SubjectModule);

const definition = (name, controllers) => ({
  name,
  migrations: fileURLToPath(new URL('migrations', import.meta.url)),
  writes: [OrderCancelRequested, OrderRejected],
  paths: [],
  module: (parts) => ({ module: SubjectModule, imports: [ServiceKitModule.forService(parts)], controllers }),
});

/** Writes one effect per wish it is handed. */
export const subjectService = definition('subject', [SubjectHandler]);

/** Only an outbox and its relay. */
export const senderService = definition('sender', []);
