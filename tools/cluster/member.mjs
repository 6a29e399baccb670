import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const RESTART_MS = 300;
const READY_MS = 60_000;
const STOP_MS = 30_000;

/** One process of a service: started, watched, started again when it ends by itself and somebody wants that. */
export class Member {
  child = undefined;
  exits = [];
  /** Stopped by SIGSTOP at the moment. */
  isPaused = false;
  #wanted = false;
  #killed = false;
  #crashAt = undefined;

  /**
   * @param {{ name: string, id: string, port: number, main: string, cwd: string, logFile: string, env: NodeJS.ProcessEnv,
   *   isSupervised: boolean, onEvent: (event: object) => void }} what
   */
  constructor(what) {
    Object.assign(this, what);
    this.url = `http://127.0.0.1:${what.port}`;
  }

  get isRunning() {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Starts the process and waits until it answers. False when it ended before that and nobody starts it again. */
  async start(extra = {}) {
    this.#wanted = true;
    this.#spawn(extra);
    return this.ready();
  }

  /** Waits until it answers as ready. @throws Error after a minute. */
  async ready() {
    const deadline = performance.now() + READY_MS;
    for (;;) {
      const answer = await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(5_000) }).catch(
        () => undefined,
      );
      await answer?.body?.cancel();
      if (answer?.ok) return true;
      if (!this.isRunning && !(this.isSupervised && this.#wanted)) return false;
      if (performance.now() > deadline) throw new Error(`${this.id} did not become ready; see ${this.logFile}`);
      await pause(100);
    }
  }

  /** kill -9, whatever it is doing. A supervised member comes back. */
  kill() {
    this.#tell('killed');
    this.#end();
  }

  /** kill -9 now; after its next start it ends itself at the `nth` pass of a crash point. */
  arm(point, nth) {
    this.#crashAt = { point, nth };
    this.#end();
  }

  /** SIGSTOP for a while: the world goes on without it. */
  async pause(ms) {
    const { child } = this;
    if (!this.isRunning) return;
    this.#tell('paused');
    this.isPaused = true;
    child.kill('SIGSTOP');
    await pause(ms);
    child.kill('SIGCONT');
    this.isPaused = false;
  }

  /** Ends it for good: SIGTERM, and after 30 s SIGKILL. */
  async stop(signal = 'SIGTERM') {
    this.#wanted = false;
    const { child } = this;
    if (!this.isRunning) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    child.kill('SIGCONT');
    const hard = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(hard);
  }

  #end() {
    if (!this.isRunning) return;
    this.#killed = true;
    this.child.kill('SIGKILL');
  }

  #tell(what, more = {}) {
    this.onEvent({ at: performance.now(), service: this.id, what, ...more });
  }

  #spawn(extra) {
    const armed = this.#crashAt;
    this.#crashAt = undefined;
    this.#killed = false;
    const child = spawn(process.execPath, [this.main], {
      cwd: this.cwd,
      env: { ...this.env, ...extra, ...(armed && { CRASH_AT: `${armed.point}:${armed.nth}` }) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const log = createWriteStream(this.logFile, { flags: 'a' });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    child.once('exit', (code, signal) => {
      log.end();
      this.#ended({ code, signal, armed, extra });
    });
    this.child = child;
  }

  #ended({ code, signal, armed, extra }) {
    this.exits.push({ code, signal, at: Date.now() });
    if (!this.#wanted) return;
    if (armed !== undefined && signal === 'SIGKILL' && !this.#killed) this.#tell('crash point', { point: armed.point });
    else if (signal !== 'SIGKILL') this.#tell('ended by itself', { code });
    if (this.isSupervised) setTimeout(() => this.#wanted && this.#spawn(extra), RESTART_MS);
  }
}
