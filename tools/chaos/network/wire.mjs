import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { TcpProxy } from './tcp-proxy.mjs';

/*
 * A proxy on a thread of its own: every byte between the services and what they stand on passes through it, and must not wait
 * for whatever else the rig is doing just then.
 */
export class Wire {
  #answers = new Map();
  #asked = 0;

  /** @param {{ port: number, to: number }} where both on loopback */
  static async open(where) {
    const worker = new Worker(new URL(import.meta.url), { workerData: where });
    await once(worker, 'message');
    return new Wire(worker);
  }

  constructor(worker) {
    this.worker = worker;
    worker.on('message', ({ id, answer }) => {
      this.#answers.get(id)?.(answer);
      this.#answers.delete(id);
    });
  }

  /** Ends every connection in good order. */
  cut() {
    return this.#ask('cut');
  }

  /** Ends every connection as a crashed peer would. */
  reset() {
    return this.#ask('reset');
  }

  /** For a while nobody hears the server. Resolves when it is over. */
  blackhole(ms) {
    return this.#ask('blackhole', ms);
  }

  /** From now on everything takes so much longer, each way. */
  delay(latencyMs) {
    return this.#ask('delay', latencyMs);
  }

  /** How many connections each kind of harm hit so far. */
  hits() {
    return this.#ask('hits');
  }

  async close() {
    await this.worker.terminate();
  }

  #ask(what, argument) {
    const id = (this.#asked += 1);
    return new Promise((resolve) => {
      this.#answers.set(id, resolve);
      this.worker.postMessage({ id, what, argument });
    });
  }
}

async function serve(where) {
  const proxy = await TcpProxy.open(where);
  const calls = {
    cut: () => proxy.cut(),
    reset: () => proxy.reset(),
    blackhole: (ms) => proxy.blackhole(ms),
    delay: (latencyMs) => void (proxy.latencyMs = latencyMs),
    hits: () => proxy.hits,
  };
  const obey = async ({ id, what, argument }) => parentPort.postMessage({ id, answer: await calls[what](argument) });
  parentPort.on('message', (order) => void obey(order));
  parentPort.postMessage({ id: 0 });
}

if (!isMainThread && workerData?.to !== undefined) await serve(workerData);
