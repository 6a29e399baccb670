import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * A wire between clients and a server that can be hurt: everything that passes can be delayed, swallowed on its way back,
 * or cut. Connections whose bytes were swallowed are cut afterwards, as they would be by a peer that never heard an answer.
 */
export class TcpProxy {
  /** Milliseconds that everything takes longer, each way. */
  latencyMs = 0;
  /** How many connections each kind of harm hit. */
  hits = { cut: 0, reset: 0, blackhole: 0 };
  #pairs = new Set();
  #swallows = false;

  /** @param {{ port: number, to: number }} where both on loopback */
  static async open({ port, to }) {
    const proxy = new TcpProxy(to);
    proxy.server = createServer({ allowHalfOpen: true }, (client) => proxy.#join(client));
    await new Promise((resolve, reject) =>
      proxy.server.once('error', reject).listen(port, '127.0.0.1', () => resolve()),
    );
    proxy.port = port;
    return proxy;
  }

  constructor(to) {
    this.to = to;
  }

  get connections() {
    return this.#pairs.size;
  }

  /** Ends every connection in good order (FIN). */
  cut() {
    this.#end('cut', (socket) => socket.destroy());
  }

  /** Ends every connection as a crashed peer would (RST). */
  reset() {
    this.#end('reset', (socket) => socket.resetAndDestroy());
  }

  /** For a while the server hears everything and nobody hears the server; then the connections that it hit are cut. */
  async blackhole(ms) {
    this.#swallows = true;
    await pause(ms);
    this.#swallows = false;
    for (const pair of this.#pairs) if (pair.swallowed) this.#destroy('blackhole', pair, (socket) => socket.destroy());
  }

  async close() {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const pair of this.#pairs) for (const socket of pair.sockets) socket.destroy();
    await closed;
  }

  #end(kind, how) {
    for (const pair of this.#pairs) this.#destroy(kind, pair, how);
  }

  #destroy(kind, pair, how) {
    this.hits[kind] += 1;
    for (const socket of pair.sockets) how(socket);
  }

  #join(client) {
    const server = connect({ port: this.to, host: '127.0.0.1', allowHalfOpen: true });
    const pair = { sockets: [client, server], swallowed: false };
    this.#pairs.add(pair);
    for (const socket of pair.sockets) {
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.once('close', () => {
        this.#pairs.delete(pair);
        for (const other of pair.sockets) other.destroy();
      });
    }
    this.#carry(client, server, () => false);
    this.#carry(server, client, () => (this.#swallows ? (pair.swallowed = true) : false));
  }

  /** Bytes keep their order also when the latency changes: each waits for the one before. */
  #carry(from, to, isSwallowed) {
    let last;
    const inOrder = (work) => {
      if (last === undefined && this.latencyMs === 0) return work();
      const due = performance.now() + this.latencyMs;
      const mine = (last ?? Promise.resolve())
        .then(() => (due > performance.now() ? pause(due - performance.now()) : undefined))
        .then(work)
        .finally(() => {
          if (last === mine) last = undefined;
        });
      last = mine;
    };
    from.on('data', (chunk) => {
      if (isSwallowed()) return;
      inOrder(() => {
        if (to.destroyed || to.write(chunk)) return;
        from.pause();
        to.once('drain', () => from.resume());
      });
    });
    from.once('end', () => inOrder(() => to.end()));
  }
}
