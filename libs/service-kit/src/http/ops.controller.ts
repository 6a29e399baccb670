import { Body, Controller, Get, NotFoundException, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { ParkedMessages } from '../runner/parking.js';
import { gauges, registry } from '../runtime/metrics.js';
import { ServiceContext } from '../nest/service-context.js';
import { Access } from './access.js';
import { OpsDecision } from './ops-decision.js';
import { parseBody } from './parse-body.js';

const Filter = z.object({
  state: z.enum(['retry', 'awaiting', 'waiting', 'dead']).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
const PARKED_ID = /^\d{1,18}$/;

/** What operators and Kubernetes ask a service. */
@Controller()
export class OpsController {
  constructor(
    private readonly context: ServiceContext,
    private readonly parked: ParkedMessages,
  ) {}

  /** Only that the process still turns. Never a dependency: a restart does not mend a database. */
  @Get('health/live')
  @Access('public')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** The database answers. Not Kafka: with an outbox, doors work without it. */
  @Get('health/ready')
  @Access('public')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<{ status: string }> {
    try {
      await this.context.db.query('SELECT 1');
      return { status: 'ok' };
    } catch {
      void reply.status(503);
      return { status: 'the database does not answer' };
    }
  }

  @Get('metrics')
  @Access('public')
  async metrics(@Res() reply: FastifyReply): Promise<void> {
    await this.refreshGauges();
    await reply.header('content-type', registry.contentType).send(await registry.metrics());
  }

  @Get('ops/:service/lag')
  @Access('internal')
  async lag(): Promise<unknown> {
    const lag = await this.context.bus.lag(this.group, this.context.topics());
    return lag.map((one) => ({
      ...one,
      committed: one.committed?.toString(),
      end: one.end.toString(),
      lag: Number(one.lag),
    }));
  }

  @Get('ops/:service/parked')
  @Access('internal')
  list(@Query() query: unknown): Promise<unknown> {
    return this.parked.list(parseBody(Filter, query));
  }

  @Get('ops/:service/parked/:id')
  @Access('internal')
  async show(@Param('id') id: string): Promise<unknown> {
    const found = PARKED_ID.test(id) ? await this.parked.find(id) : undefined;
    if (found === undefined) throw new NotFoundException(`no message ${id} is set aside here`);
    const data = await this.context.codec
      .decodeData(found.eventType, Buffer.from(found.valueBase64, 'base64'))
      .catch((error: unknown) => ({ undecodable: error instanceof Error ? error.message : String(error) }));
    return { ...found, data };
  }

  @Post('ops/:service/parked/:id')
  @Access('internal')
  async decide(@Param('id') id: string, @Body() body: unknown): Promise<{ done: boolean }> {
    const { action, actor, reason } = parseBody(OpsDecision, body);
    if (!PARKED_ID.test(id)) return { done: false };
    return {
      done:
        action === 'replay'
          ? await this.parked.replay(id, actor, reason)
          : await this.parked.discard(id, actor, reason),
    };
  }

  /** As the bus knows this service. */
  private get group(): string {
    return this.context.env.TOPIC_PREFIX + this.context.name;
  }

  private async refreshGauges(): Promise<void> {
    const service = this.context.name;
    const [outbox] = await this.context.db.query<{ pending: number; age: number }>(
      `SELECT count(*)::int AS pending, coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float8 AS age FROM outbox`,
    );
    gauges.outboxPending.set({ service }, outbox?.pending ?? 0);
    gauges.outboxOldestAge.set({ service }, outbox?.age ?? 0);
    const counts = await this.parked.counts();
    for (const state of ['retry', 'awaiting', 'waiting', 'dead'])
      gauges.deadLetters.set({ service, state }, counts[state] ?? 0);
    const [deliveries] = await this.context.db.query<{ open: number; failed: number }>(
      `SELECT (SELECT count(*) FROM delivery WHERE state IN ('planned', 'sending', 'unknown'))::int AS open,
              (SELECT count(*) FROM delivery WHERE state = 'failed')::int AS failed`,
    );
    gauges.deliveries.set({ service, state: 'open' }, deliveries?.open ?? 0);
    gauges.deliveries.set({ service, state: 'failed' }, deliveries?.failed ?? 0);
    const lag = await this.context.bus.lag(this.group, this.context.topics());
    const unknown = { cluster_name: this.context.env.TOPIC_PREFIX, member_host: '', consumer_id: '', client_id: '' };
    for (const one of lag)
      gauges.lag.set({ ...unknown, group: this.group, topic: one.topic, partition: one.partition }, Number(one.lag));
    gauges.sumLag.set(
      { cluster_name: unknown.cluster_name, group: this.group },
      lag.reduce((sum, one) => sum + Number(one.lag), 0),
    );
  }
}
