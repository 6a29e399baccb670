import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request that the fake got. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text goes out as it is, everything else as JSON. */
  readonly body: unknown;
}

/** A gateway at the wire that answers what a test tells it: by `METHOD /path`, everything else with 404. */
export class FakeGateway {
  readonly seen: Seen[] = [];
  private readonly server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const path = url.split('?', 1)[0] ?? '';
      const seen = { method, path: url, headers, body: Buffer.concat(chunks).toString() };
      this.seen.push(seen);
      const answer = this.answers[`${method} ${path}`];
      const {
        status = 200,
        headers: more = {},
        body,
      } = (typeof answer === 'function' ? answer(seen) : answer) ?? {
        status: 404,
        body: { error: 'NOT_FOUND', message: `nothing at ${path}` },
      };
      response
        .writeHead(status, { 'content-type': 'application/json', ...more })
        .end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });

  private constructor(private readonly answers: Record<string, FakeAnswer | ((seen: Seen) => FakeAnswer)>) {}

  static async start(answers: Record<string, FakeAnswer | ((seen: Seen) => FakeAnswer)>): Promise<FakeGateway> {
    const fake = new FakeGateway(answers);
    await new Promise<void>((resolve) => fake.server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
