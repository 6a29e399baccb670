import { createRequire } from 'node:module';

/** The part of kafkajs' request queue (one per connection) that this repair touches. */
interface RequestQueue {
  pending: unknown[];
  /** Instant until which the broker asked us to wait; -1 when it never did. */
  throttledUntil: number;
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  checkPendingRequests(): void;
  scheduleCheckPendingRequests(): void;
}

const OVERLOADED_CHECK_MS = 10;

/**
 * Keeps idle Kafka connections asleep. kafkajs 2.2.4 arms a timer after every request, with a negative time when nothing
 * is throttled; Node 24 makes 1 ms of that, the timer arms itself again, and every idle client wakes up 900 times a
 * second. Here the timer is armed only while something waits for it.
 *
 * @see https://github.com/tulios/kafkajs/issues/1751
 */
export function repairIdleTimer(): void {
  const require = createRequire(import.meta.url);
  const { prototype } = require('kafkajs/src/network/requestQueue/index.js') as { prototype: RequestQueue };
  prototype.scheduleCheckPendingRequests = function (this: RequestQueue): void {
    if (this.throttleCheckTimeoutId !== null || this.pending.length === 0) return;
    const throttledMs = this.throttledUntil - Date.now();
    const delayMs = throttledMs > 0 ? throttledMs : OVERLOADED_CHECK_MS;
    this.throttleCheckTimeoutId = setTimeout(() => {
      this.throttleCheckTimeoutId = null;
      this.checkPendingRequests();
    }, delayMs);
  };
}
