import { Controller, Get, Module, Post, type DynamicModule } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { OrderCancelRequested, OrderRejected, TaskEscalated } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { fileURLToPath } from 'node:url';
import { announce, type Announcement } from '../events/announcement.js';
import { Access } from '../http/access.js';
import type { RunningParts, ServiceDefinition } from '../nest/start-service.js';
import { ServiceKitModule } from '../nest/service-kit.module.js';
import { Batch, type Awaiting, type HandlerResult } from '../runner/handler.js';

/** What the test wants to happen with one event: nothing special, a throw, or `'await'` when its fact is missing. */
export type Script = (what: string, key: string) => Promise<'await' | void> | 'await' | void;

/** A small service whose handler does what a script says: writes an effect and announces it, for every event. */
export function probeService(script: { run: Script }): ServiceDefinition {
  @Controller()
  class ProbeHandler {
    @EventPattern<string>(OrderCancelRequested.type)
    async handle(batch: Batch<OrderCancelRequested>, tx: Tx): Promise<HandlerResult> {
      const said: Announcement[] = [];
      const awaiting: Awaiting[] = [];
      for (const event of batch.events) {
        const known = (await tx.query('SELECT 1 FROM facts WHERE key = $1', [event.subject])).length > 0;
        const wish = await this.before(event, tx);
        if (wish === 'await' && !known) awaiting.push({ event, fact: TaskEscalated.type });
        else said.push(await this.effect(event, tx));
      }
      return { announce: said, awaiting };
    }

    @EventPattern<string>(TaskEscalated.type)
    async learn(batch: Batch<TaskEscalated>, tx: Tx): Promise<void> {
      for (const key of batch.subjects) {
        await script.run('fact', key);
        await tx.query('INSERT INTO facts VALUES ($1) ON CONFLICT DO NOTHING', [key]);
      }
    }

    /** Writes before it asks the script, so that a throw must undo something. */
    private async before(event: OrderCancelRequested, tx: Tx): Promise<'await' | void> {
      const what = event.data.reason;
      if (what.startsWith('bad'))
        await tx.query('INSERT INTO effects (key, what) VALUES ($1, $2)', [event.subject, `half ${what}`]);
      return script.run(what, event.subject);
    }

    private async effect(event: OrderCancelRequested, tx: Tx): Promise<Announcement> {
      await tx.query('INSERT INTO effects (key, what) VALUES ($1, $2)', [event.subject, event.data.reason]);
      const reasons = [{ code: event.data.reason, detail: '' }];
      return announce(OrderRejected, event.subject, { orderId: event.subject, reasons, withdrawn: true }, event);
    }
  }

  @Controller('probe')
  class ProbeController {
    @Get('unsaid')
    unsaid(): string {
      return 'nobody said who may call this';
    }

    @Post('broken')
    @Access('public')
    async broken(): Promise<void> {
      await script.run('http', '');
    }
  }

  @Module({})
  class ProbeModule {
    static with(parts: RunningParts): DynamicModule {
      return {
        module: ProbeModule,
        imports: [ServiceKitModule.forService(parts)],
        controllers: [ProbeHandler, ProbeController],
      };
    }
  }

  return {
    name: 'probe',
    migrations: fileURLToPath(new URL('migrations', import.meta.url)),
    writes: [OrderRejected],
    paths: ['/probe'],
    module: (parts) => ProbeModule.with(parts),
  };
}
