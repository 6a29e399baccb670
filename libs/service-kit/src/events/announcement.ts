import type { Event, EventDefinition } from '@railhead/contracts';
import type { z } from 'zod';

/** What led to an event. */
export type Cause = Pick<Event, 'id' | 'correlationId' | 'traceparent'>;

/** An event to be written: what happened and what led to it. Id, time and number are given when it is stored. */
export interface Announcement {
  readonly definition: EventDefinition;
  readonly subject: string;
  readonly data: unknown;
  readonly cause?: Cause | undefined;
  readonly correlationId?: string | undefined;
}

/**
 * Says that something happened. What it returns is handed to the runner or to `Work`, which stores it in the same
 * transaction as the change.
 *
 * @param subject - The key: the order id for everything about an order.
 * @param because - The event that led here, or a correlation id where a document starts the story.
 */
export function announce<Schema extends z.ZodType>(
  definition: EventDefinition<string, Schema>,
  subject: string,
  data: z.infer<Schema>,
  because: Cause | { readonly correlationId: string },
): Announcement {
  return 'id' in because
    ? { definition, subject, data, cause: because }
    : { definition, subject, data, correlationId: because.correlationId };
}
