import type { Bus, RunningSubscription } from '@railhead/bus';
import { EVENTS, type EventDefinition } from '@railhead/contracts';
import { Server, type CustomTransportStrategy } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { HandlerResult } from '../runner/handler.js';
import type { BatchHandler } from '../runner/handler.js';

export interface BusServerOptions {
  readonly bus: Bus;
  readonly group: string;
  readonly batchMax: number;
  topicOf(definition: EventDefinition): string;
  /** Builds what handles a batch, once all handlers are known. */
  runner(handlers: ReadonlyMap<string, BatchHandler>): { handle: Parameters<Bus['subscribe']>[0]['handle'] };
}

/**
 * Nest's transport over {@link Bus}: handlers are ordinary `@EventPattern('order.captured.v1')` methods; what calls them
 * is our runner, with a typed batch and a transaction.
 */
export class BusServer extends Server implements CustomTransportStrategy {
  override readonly transportId = Symbol.for('railhead.bus');
  private running: RunningSubscription | undefined;

  constructor(private readonly options: BusServerOptions) {
    super();
  }

  listen(callback: (error?: unknown) => void): void {
    this.subscribe().then(() => callback(), callback);
  }

  /** The topics of the event types that have a handler. */
  topics(): string[] {
    return [...new Set([...this.messageHandlers.keys()].map((type) => this.options.topicOf(definitionOf(type))))];
  }

  private async subscribe(): Promise<void> {
    const handlers = new Map([...this.messageHandlers].map(([type, handler]) => [type, asBatchHandler(handler)]));
    const topics = this.topics();
    if (topics.length === 0) return;
    const runner = this.options.runner(handlers);
    this.running = await this.options.bus.subscribe({
      group: this.options.group,
      topics,
      types: [...handlers.keys(), ''], // '': a record without a type is set aside
      batchMax: this.options.batchMax,
      handle: (batch) => runner.handle(batch),
    });
  }

  async close(): Promise<void> {
    await this.running?.stop();
    this.running = undefined;
  }

  on(): never {
    throw new Error('the bus transport has no events of its own');
  }

  unwrap<T>(): T {
    return this.options.bus as T;
  }
}

function definitionOf(type: string): EventDefinition {
  const definition = EVENTS.get(type);
  if (definition === undefined) throw new Error(`@EventPattern('${type}'): there is no such event in libs/contracts`);
  return definition;
}

function asBatchHandler(handler: (data: unknown, context?: unknown) => unknown): BatchHandler {
  return async (batch, tx) => {
    const result = await handler(batch, tx);
    return (isObservable(result) ? await lastValueFrom(result, { defaultValue: undefined }) : result) as HandlerResult;
  };
}
