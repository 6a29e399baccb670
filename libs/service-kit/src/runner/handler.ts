import type { Event } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import type { Announcement } from '../events/announcement.js';

/**
 * Events of one type that wait together, each key at most once, so that facts loaded for the batch are true for every
 * event of it.
 */
export class Batch<E extends Event = Event> {
  constructor(readonly events: readonly E[]) {}

  /** The keys, in the order of the events. */
  get subjects(): readonly string[] {
    return this.events.map((event) => event.subject);
  }
}

/** An event that cannot be handled before a fact from another topic is there. Not a failure: it waits under its key. */
export interface Awaiting {
  readonly event: Event;
  /** The event type it waits for. */
  readonly fact: string;
}

/** What a handler decided, beyond what it wrote in the transaction. */
export interface Outcome {
  readonly announce?: readonly Announcement[];
  readonly awaiting?: readonly Awaiting[];
}

/** What a handler may return: nothing, events to announce, or events to announce and events that must wait. */
export type HandlerResult = void | readonly Announcement[] | Outcome;

/** A method under `@EventPattern`: a typed batch and the transaction it runs in. */
export type BatchHandler = (batch: Batch, tx: Tx) => Promise<HandlerResult>;

export function outcomeOf(result: HandlerResult): Required<Outcome> {
  if (result === undefined || result === null) return { announce: [], awaiting: [] };
  if (Array.isArray(result)) return { announce: result as readonly Announcement[], awaiting: [] };
  const outcome = result as Outcome;
  return { announce: outcome.announce ?? [], awaiting: outcome.awaiting ?? [] };
}
