import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { ErpBook, type ErpOrder } from './erp-book.js';
import { atCreation, completeErpFaults, isRefused, slownessMs, type ErpFaults } from './erp-faults.js';

const BODY_BYTES_MAX = 16 * 1_048_576;

export interface ErpOptions {
  readonly seed: number;
  /** On loopback; default: any free port. */
  readonly port?: number;
  readonly faults?: Partial<ErpFaults>;
  /** What callers must bear; default: anybody may call. */
  readonly token?: string;
  /** Default true: a key that comes again makes a second order, as in most ERPs. False: it gets the first answer again. */
  readonly ignoresIdempotencyKeys?: boolean;
  /** What it holds already, from an earlier start. */
  readonly book?: ErpBook;
}

/** A request as the ERP saw it. */
export interface ErpRequest {
  readonly atMs: number;
  readonly method: string;
  readonly externalReference: string;
  readonly idempotencyKey: string | undefined;
  /** `created`, `changed`, `found`, `absent`, or the fault it met. */
  readonly outcome: string;
}

/** The simulated ERP, listening on loopback. */
export interface Erp {
  readonly url: string;
  readonly book: ErpBook;
  /** Every request so far. */
  readonly requests: readonly ErpRequest[];
  /** Calls that it was busy with at once, at most. */
  readonly callsMost: number;
  /** Changes what goes wrong from now on. @throws RangeError as `completeErpFaults`. */
  misbehave(faults: Partial<ErpFaults>): void;
  /** 503 to everybody, until told otherwise. */
  away(isAway: boolean): void;
  stop(): Promise<void>;
}

/** Starts an ERP that takes sales orders, counts what it holds, and misbehaves as it is told. @throws Error when the port is taken. */
export async function startErp(options: ErpOptions): Promise<Erp> {
  const erp = new SimulatedErp(options);
  await erp.listen(options.port ?? 0);
  return erp;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly retryAfterSeconds?: number;
}

class SimulatedErp implements Erp {
  readonly book: ErpBook;
  readonly requests: ErpRequest[] = [];
  callsMost = 0;
  private faults: ErpFaults;
  private isAway = false;
  private busy = 0;
  private readonly startedAtMs = performance.now();
  private readonly tries = new Map<string, number>();
  private readonly server = createServer((request, response) => void this.take(request, response));

  constructor(private readonly options: ErpOptions) {
    this.book = options.book ?? new ErpBook();
    this.faults = completeErpFaults(options.faults);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject).listen(port, '127.0.0.1', () => resolve());
    });
  }

  misbehave(faults: Partial<ErpFaults>): void {
    this.faults = completeErpFaults(faults);
  }

  away(isAway: boolean): void {
    this.isAway = isAway;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.busy += 1;
    this.callsMost = Math.max(this.callsMost, this.busy);
    response.once('close', () => (this.busy -= 1));
    const url = new URL(request.url ?? '/', 'http://erp');
    try {
      const body = await bodyOf(request);
      if (url.pathname.startsWith('/-/')) return send(response, this.control(request.method, url.pathname, body));
      await pause(slownessMs(this.faults, this.options.seed, this.requests.length + 1));
      const answer = this.answer(request, url, body);
      if (answer === 'hang') return; // the caller's own time limit ends this
      if (answer === 'cut') return void response.destroy();
      send(response, answer);
    } catch (error) {
      if (!response.destroyed) send(response, { status: 400, body: { message: String(error) } });
    }
  }

  private answer(request: IncomingMessage, url: URL, body: string): Answer | 'hang' | 'cut' {
    const note = this.noting(request, url);
    const { token } = this.options;
    if (token !== undefined && request.headers.authorization !== `Bearer ${token}`)
      return note('unauthorized', { status: 401, body: { message: 'who are you?' } });
    if (this.isAwayNow()) return note('outage', this.later(503));
    const number = /^\/sales-orders\/(?<number>[^/]+)$/.exec(url.pathname)?.groups?.['number'];
    if (number !== undefined && request.method === 'PUT')
      return this.change(decodeURIComponent(number), JSON.parse(body) as Record<string, unknown>, note);
    if (url.pathname !== '/sales-orders') return note('unknown address', { status: 404, body: {} });
    if (request.method === 'POST') return this.create(request, JSON.parse(body) as Record<string, unknown>, note);
    const salesOrders = this.book.with(url.searchParams.get('externalReference') ?? '').map(outside);
    return note(salesOrders.length > 0 ? 'found' : 'absent', { status: 200, body: { salesOrders } });
  }

  private create(request: IncomingMessage, order: Record<string, unknown>, note: Note): Answer | 'hang' | 'cut' {
    const externalReference = typeof order['externalReference'] === 'string' ? order['externalReference'] : '';
    const before = this.book.with(externalReference)[0];
    if (externalReference === '' || !Array.isArray(order['lines']) || typeof order['customer'] !== 'string')
      return note('invalid', { status: 400, body: { message: 'externalReference, customer and lines are needed' } });
    if (isRefused(this.faults, this.options.seed, externalReference))
      return note('refused', { status: 422, body: { message: 'this customer is closed' } }, externalReference);
    const dedupes = this.options.ignoresIdempotencyKeys === false && request.headers['idempotency-key'] !== undefined;
    return this.write(externalReference, externalReference, note, () => {
      const taken = dedupes && before !== undefined ? before : this.book.add(externalReference, order);
      return ['created', { status: 201, body: outside(taken) }];
    });
  }

  /** Takes the revision that it holds as often as it comes, and none that is older: somebody was slow. */
  private change(number: string, order: Record<string, unknown>, note: Note): Answer | 'hang' | 'cut' {
    const held = this.book.numbered(number);
    const { revision } = order;
    if (held === undefined) return note('unknown order', { status: 404, body: { message: 'no such sales order' } });
    const { externalReference } = held;
    if (typeof revision !== 'number' || !Array.isArray(order['lines']))
      return note('invalid', { status: 400, body: { message: 'revision and lines are needed' } }, externalReference);
    if (revision < (held.revisions.at(-1) ?? 0))
      return note('stale', { status: 409, body: { message: 'a later revision is here' } }, externalReference);
    return this.write(externalReference, `${externalReference}|${revision}`, note, () => {
      return ['changed', { status: 200, body: outside(this.book.change(number, revision, order)) }];
    });
  }

  /** Carries a write out, or what goes wrong with it. @param what - Tells its tries from those of other writes. */
  private write(
    externalReference: string,
    what: string,
    note: Note,
    carryOut: () => readonly [outcome: string, answer: Answer],
  ): Answer | 'hang' | 'cut' {
    const nth = (this.tries.get(what) ?? 0) + 1;
    this.tries.set(what, nth);
    const fault = atCreation(this.faults, this.options.seed, what, nth);
    if (fault === 'drop') return note('drop', 'cut', externalReference);
    if (fault === 'error') return note('error', { status: 500, body: { message: 'oops' } }, externalReference);
    if (fault === 'tooMany') return note('tooMany', this.later(429), externalReference);
    const [outcome, answer] = carryOut();
    if (fault === 'createThenHang') return note('createThenHang', 'hang', externalReference);
    if (fault === 'errorAfterCreate')
      return note('errorAfterCreate', { status: 500, body: { message: 'oops' } }, externalReference);
    return note(outcome, answer, externalReference);
  }

  /** For whoever runs the ERP as a process of its own: what it holds and saw; how it misbehaves. */
  private control(method: string | undefined, path: string, body: string): Answer {
    if (method === 'PUT' && path === '/-/faults') this.misbehave(JSON.parse(body) as Partial<ErpFaults>);
    else if (method === 'PUT' && path === '/-/away') this.away(JSON.parse(body) as boolean);
    else if (path === '/-/requests') return { status: 200, body: this.requests };
    else if (path !== '/-/book') return { status: 404, body: {} };
    return { status: 200, body: { orders: this.book.all.map(outside), counts: Object.fromEntries(this.book.counts) } };
  }

  private isAwayNow(): boolean {
    const atMs = performance.now() - this.startedAtMs;
    return this.isAway || this.faults.outages.some(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
  }

  private later(status: number): Answer {
    return { status, body: { message: 'not now' }, retryAfterSeconds: this.faults.retryAfterSeconds };
  }

  private noting(request: IncomingMessage, url: URL): Note {
    const entry = {
      atMs: Math.round(performance.now() - this.startedAtMs),
      method: request.method ?? '',
      idempotencyKey: request.headers['idempotency-key'] as string | undefined,
    };
    const asked = url.searchParams.get('externalReference') ?? '';
    return (outcome, answer, externalReference = asked) => {
      this.requests.push({ ...entry, externalReference, outcome });
      return answer;
    };
  }
}

type Note = <A>(outcome: string, answer: A, externalReference?: string) => A;

const outside = ({ number, externalReference, revisions }: ErpOrder): object => ({
  number,
  externalReference,
  ...(revisions.length > 0 && { revision: revisions.at(-1) }),
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > BODY_BYTES_MAX) throw new RangeError('too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function send(response: ServerResponse, { status, body, retryAfterSeconds }: Answer): void {
  const later = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  response.writeHead(status, { 'content-type': 'application/json', ...later }).end(JSON.stringify(body));
}
