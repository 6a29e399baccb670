// HTTP servers that are asked the same by one client, each server a process with a database of its own.
import { startContestant } from '../../contestant.mjs';
import { metered } from './metered.mjs';

/** Servers and their client; started once, measured many times. */
export class HttpContest {
  #servers = new Map();

  /** @param {{ pid: number }} postgres */
  constructor(postgres, client) {
    this.postgres = postgres;
    this.client = client;
  }

  /** @param {string} requests module that makes the requests, relative to rows/measuring */
  static async open(postgres, requests) {
    return new HttpContest(postgres, await startContestant('rows/measuring/http-client.mjs', { requests }));
  }

  async start(name, file, settings) {
    const server = await startContestant(file, settings);
    this.#servers.set(name, server);
    return server;
  }

  /** Sends requests without measuring. */
  async ask(name, { count, options, status = 200 }) {
    await this.client.ask('prepare', { count, options });
    await this.client.ask('run', { url: this.#servers.get(name).url, status });
  }

  /** Sends `count` requests and waits for all answers. `isBare`: the server has no database. */
  async measure(name, { count, options, status = 200, isBare = false }) {
    const server = this.#servers.get(name);
    await this.client.ask('prepare', { count, options });
    const pids = { node: server.pid, ...(!isBare && { postgres: this.postgres.pid }) };
    return metered(pids, () => this.client.ask('run', { url: server.url, status }));
  }

  async close() {
    await this.client.stop();
    await Promise.all([...this.#servers.values()].map((server) => server.stop()));
  }
}
