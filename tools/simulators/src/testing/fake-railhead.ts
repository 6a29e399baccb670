import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fact, Facts, Target } from '../target.js';

/** A request that the fake got. */
export interface Seen {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export const SECRETS = {
  admin: 'admin.key',
  edi: 'edi token',
  carrier: 'carrier secret',
  shop: 'shop secret',
  path: 'path-secret-of-sixteen',
};

/** Every door of Railhead, as far as a simulation sees it: it checks keys and signatures, and takes everything else. */
export class FakeRailhead implements Facts {
  readonly seen: Seen[] = [];
  /** Statuses of the next requests, whatever they are. */
  readonly next: number[] = [];
  private readonly listeners: ((fact: Fact) => void)[] = [];
  private facts = 0;
  private readonly server = createServer((request, response) => void this.take(request, response));

  static async start(): Promise<FakeRailhead> {
    const fake = new FakeRailhead();
    await new Promise<void>((resolve) => fake.server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  target(change: Partial<Target> = {}): Target {
    const base = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return {
      url: (_service, path) => base + path,
      adminKey: SECRETS.admin,
      ediToken: SECRETS.edi,
      carrierSecret: SECRETS.carrier,
      shopify: { domain: 'a-shop.myshopify.com', secret: SECRETS.shop },
      salesforce: { organizationId: '00D5w000004qGTOEA2', pathSecret: SECRETS.path },
      ediFolder: () => undefined,
      ...change,
    };
  }

  onFact(listener: (fact: Fact) => void): void {
    this.listeners.push(listener);
  }

  /** Tells something that happened. @returns it, to be told again */
  tell(type: string, key: string, data: unknown): Fact {
    const fact = { id: `fact-${(this.facts += 1)}`, type, key, data };
    this.repeat(fact);
    return fact;
  }

  repeat(fact: Fact): void {
    for (const listener of this.listeners) listener(fact);
  }

  to(path: string): Seen[] {
    return this.seen.filter((one) => one.path.startsWith(path));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { url = '', headers } = request;
    const seen = { path: url, headers, body };
    this.seen.push(seen);
    const [status, text] = this.next.length > 0 ? [this.next.shift()!, ''] : answerTo(seen);
    response.writeHead(status).end(text);
  }
}

function answerTo({ path, headers, body }: Seen): [number, string] {
  const hmac = (secret: string, encoding: 'hex' | 'base64'): string =>
    createHmac('sha256', secret).update(body).digest(encoding);
  const isKnown = (key: string): boolean => headers.authorization === `Bearer ${key}`;
  if (path.startsWith('/edi')) return isKnown(SECRETS.edi) ? [200, 'AK9*A*1*1*1~'] : [401, ''];
  if (path.startsWith('/shopify/'))
    return headers['x-shopify-hmac-sha256'] === hmac(SECRETS.shop, 'base64')
      ? [200, '{"outcome":"captured"}']
      : [401, ''];
  if (path.startsWith('/salesforce/')) return path.includes(SECRETS.path) ? [200, '<Ack>true</Ack>'] : [404, ''];
  if (path.startsWith('/carriers/'))
    return headers['x-railhead-signature'] === `sha256=${hmac(SECRETS.carrier, 'hex')}` ? [200, '{}'] : [401, ''];
  return isKnown(SECRETS.admin) ? [202, '{}'] : [401, ''];
}
