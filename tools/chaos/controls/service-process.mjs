import { freePorts } from '@railhead/kafka-local/ports';
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const READY_MS = 60_000;
const STOP_MS = 25_000;
const RESTART_MS = 300;

/** One service as a process of its own, which is started, ended and started again from outside. */
export class ServiceProcess {
  /** How often it was started. */
  starts = 0;
  #child;
  #ended;
  #crashAt;
  #stopping = false;

  /** @param {{ name: string, main: string, env: object, home: string, restarts?: boolean }} options `restarts`: comes back whenever it ends */
  static async start(options) {
    const [port] = await freePorts(1);
    const service = new ServiceProcess({ ...options, port });
    service.start();
    return service;
  }

  constructor({ name, main, env, home, port, restarts = false }) {
    this.name = name;
    this.url = `http://127.0.0.1:${port}`;
    this.logFile = join(home, `${name}.log`);
    this.main = main;
    this.env = { ...env, HTTP_HOST: '127.0.0.1', HTTP_PORT: String(port) };
    this.restarts = restarts;
  }

  /** At the `nth` pass of a crash point it ends itself, counted from its next start. */
  arm(point, nth = 1) {
    this.#crashAt = `${point}:${nth}`;
  }

  start() {
    const env = { ...this.env, ...(this.#crashAt && { CRASH_AT: this.#crashAt }) };
    this.#crashAt = undefined;
    this.starts += 1;
    const child = spawn(process.execPath, [this.main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const log = createWriteStream(this.logFile, { flags: 'a' });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    this.#child = child;
    this.#ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
    void this.#ended.then(async () => {
      log.end();
      if (!this.restarts || this.#stopping) return;
      await pause(RESTART_MS);
      if (!this.#stopping) this.start();
    });
  }

  /** Resolves with `{ code, signal }` when the running process has ended. */
  get ended() {
    return this.#ended;
  }

  get isRunning() {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async ready() {
    const deadline = performance.now() + READY_MS;
    for (;;) {
      const answer = await fetch(`${this.url}/health/ready`).catch(() => undefined);
      if (answer?.ok) return;
      if (!this.restarts && !this.isRunning) throw new Error(`${this.name} ended while starting; see ${this.logFile}`);
      if (performance.now() > deadline) throw new Error(`${this.name} did not become ready; see ${this.logFile}`);
      await pause(50);
    }
  }

  /** Sends a signal to what runs now; with `restarts` it comes back. */
  signal(signal) {
    this.#child.kill(signal);
  }

  /** Ends it for good and waits. */
  async stop() {
    this.#stopping = true;
    if (!this.isRunning) return;
    this.#child.kill('SIGTERM');
    const hard = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS);
    await this.#ended;
    clearTimeout(hard);
  }
}
