import { setTimeout as pause } from 'node:timers/promises';
import type { GatewayClient } from '../connection/gateway-client.js';
import { serverSentEvents } from '../connection/server-sent-events.js';
import type { OrderFile } from '../gateway-shapes.js';

/** Where the stream is cut by something between us and Railhead, the order is still looked at this often. */
const LOOK_ANYWAY_MS = 5_000;

/** The order's file each time Railhead says that something changed. Ends with the signal. */
export async function* changesOf(
  gateway: GatewayClient,
  orderId: string,
  signal: AbortSignal,
): AsyncGenerator<OrderFile, void, undefined> {
  const bell = new Bell();
  const ended = new AbortController();
  const stop = AbortSignal.any([signal, ended.signal]);
  const following = ringAtChanges(gateway, orderId, bell, stop).catch(() => {}); // without a stream we still look every few seconds
  try {
    while (!signal.aborted) {
      await bell.heard(LOOK_ANYWAY_MS, signal);
      if (!signal.aborted) yield await gateway.get<OrderFile>(`/v1/orders/${orderId}`);
    }
  } finally {
    ended.abort();
    await following;
  }
}

async function ringAtChanges(gateway: GatewayClient, orderId: string, bell: Bell, signal: AbortSignal): Promise<void> {
  const stream = await gateway.stream('/v1/stream', { order: orderId }, signal);
  for await (const _event of serverSentEvents(stream)) bell.ring();
}

/** Remembers a ring that nobody was waiting for, so that no change is slept through. */
class Bell {
  private hasRung = false;
  private wake = (): void => {};

  ring(): void {
    this.hasRung = true;
    this.wake();
  }

  async heard(timeoutMs: number, signal: AbortSignal): Promise<void> {
    const rung = new Promise<void>((resolve) => (this.wake = resolve));
    const timer = new AbortController();
    if (!this.hasRung)
      await Promise.race([
        rung,
        pause(timeoutMs, undefined, { signal: AbortSignal.any([signal, timer.signal]) }).catch(() => {}),
      ]);
    timer.abort();
    this.hasRung = false;
  }
}
