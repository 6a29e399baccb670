import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { repairIdleTimer } from './idle-timer.js';

interface Queue {
  pending: unknown[];
  throttledUntil: number;
  checkPendingRequests(): void;
  scheduleCheckPendingRequests(): void;
}

const require = createRequire(import.meta.url);
const RequestQueue = require('kafkajs/src/network/requestQueue/index.js') as new (options: object) => Queue;

describe('an idle Kafka connection', () => {
  let queue: Queue;
  beforeEach(() => {
    jest.useFakeTimers();
    repairIdleTimer();
    queue = new RequestQueue({ maxInFlightRequests: 1, logger: { debug: () => {} } });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('has no timer when nothing waits', () => {
    queue.checkPendingRequests();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('sends what waits as soon as the broker no longer throttles', () => {
    let sent = 0;
    queue.pending.push({ send: () => (sent += 1), expectResponse: true });
    queue.throttledUntil = Date.now() + 1_000;
    queue.scheduleCheckPendingRequests();
    jest.advanceTimersByTime(999);
    expect(sent).toBe(0);
    jest.advanceTimersByTime(1);
    expect(sent).toBe(1);
    expect(jest.getTimerCount()).toBe(0);
  });
});
