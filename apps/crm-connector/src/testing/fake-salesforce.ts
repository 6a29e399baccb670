import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export const ORG_ID = '00D5w000004qGTOEA2';
const CLIENT = { client_id: 'railhead-app', client_secret: 'railhead-app-secret' };

/** A deal as the fake's database holds it. Numbers are doubles, as Salesforce's are. */
export interface FakeDeal {
  readonly Id: string;
  readonly SystemModstamp: string;
  readonly IsWon: boolean;
  readonly IsClosed: boolean;
  readonly Account: Readonly<Record<string, unknown>> | null;
  readonly OpportunityLineItems: readonly Readonly<Record<string, unknown>>[];
  readonly [field: string]: unknown;
}

/** How Java prints a double, which is what the wire carries: `12.0`, `3.75`, `5.0E-4`. */
function javaDouble(value: number): string {
  if (value !== 0 && Math.abs(value) < 1e-3) {
    const [digits = '0', exponent = '0'] = value.toExponential().split('e');
    return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
  }
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

/** JSON in which business numbers look as Java prints them; sizes of pages are whole numbers. */
function wireJson(value: unknown): string {
  const { rawJSON } = JSON as unknown as { rawJSON: (text: string) => unknown };
  return JSON.stringify(value, (key, inner: unknown) =>
    typeof inner === 'number' && key !== 'totalSize' ? rawJSON(javaDouble(inner)) : inner,
  );
}

/**
 * An organization at the wire, as far as the connector speaks to it: log-in, user info, describe, queries with pages of
 * child rows. It refuses what the real one refuses: unknown tokens, unknown fields.
 */
export class FakeSalesforce {
  readonly deals = new Map<string, FakeDeal>();
  /** Requests so far, as `GET /services/data/v62.0/query`. */
  readonly requests: string[] = [];
  /** Fields this organization has beside the usual ones. */
  extraFields: string[] = [];
  /** Types of fields, where they are not texts. */
  fieldTypes: Readonly<Record<string, string>> = {};
  childPageSize = 200;
  organizationId = ORG_ID;
  /** Refuses every token, also new ones. */
  refusesAll = false;
  /** Says that there are more lines, and not where. */
  hidesNextPage = false;
  /** Answers everything with 503. */
  isAway = false;
  /** How long the next answer takes, in milliseconds. */
  takesMs: () => number = () => 0;
  private readonly pages = new Map<string, unknown>();
  private tokens = new Set<string>();
  private failures: { status: number; body: unknown }[] = [];
  private issued = 0;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  /** @param port - 0: any that is free */
  static async start(port = 0): Promise<FakeSalesforce> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    const fake = new FakeSalesforce(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => void fake.answer(request, response));
    return fake;
  }

  /** Settings with which a client logs in at an address where a fake listens, or will. */
  static loginAt(url: string) {
    return { loginUrl: url, clientId: CLIENT.client_id, clientSecret: CLIENT.client_secret };
  }

  get login() {
    return FakeSalesforce.loginAt(this.url);
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  expireTokens(): void {
    this.tokens.clear();
  }

  /** The next `count` queries fail. */
  failNext(count: number, status: number, errorCode: string): void {
    this.failures = Array.from({ length: count }, () => ({
      status,
      body: [{ errorCode, message: `told to fail with ${errorCode}` }],
    }));
  }

  count(part: string): number {
    return this.requests.filter((request) => request.includes(part)).length;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    this.requests.push(`${request.method} ${url.pathname}`);
    const ms = this.takesMs();
    if (ms > 0) await pause(ms);
    const [status, body] = this.route(request, url, Buffer.concat(chunks).toString());
    response.writeHead(status, {
      'content-type': 'application/json;charset=UTF-8',
      'sforce-limit-info': `api-usage=${this.requests.length}/15000`,
    });
    response.end(wireJson(body));
  }

  private route(request: IncomingMessage, url: URL, body: string): [number, unknown] {
    if (this.isAway) return [503, [{ errorCode: 'SERVER_UNAVAILABLE', message: 'told to be away' }]];
    if (url.pathname === '/services/oauth2/token') return this.token(new URLSearchParams(body));
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (this.refusesAll || !this.tokens.has(token))
      return [401, [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }]];
    if (url.pathname === '/services/oauth2/userinfo')
      return [200, { organization_id: this.organizationId, user_id: '0055w000000User1AAA' }];
    if (url.pathname === '/services/data/v62.0/sobjects/Opportunity/describe')
      return [
        200,
        { fields: this.opportunityFields().map((name) => ({ name, type: this.fieldTypes[name] ?? 'string' })) },
      ];
    const failure = this.failures.shift();
    if (failure) return [failure.status, failure.body];
    if (url.pathname === '/services/data/v62.0/query') return this.query(url.searchParams.get('q') ?? '');
    const page = this.pages.get(url.pathname);
    return page === undefined
      ? [404, [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }]]
      : [200, page];
  }

  private token(form: URLSearchParams): [number, unknown] {
    const isRight =
      form.get('grant_type') === 'client_credentials' &&
      form.get('client_id') === CLIENT.client_id &&
      form.get('client_secret') === CLIENT.client_secret;
    if (!isRight) return [400, { error: 'invalid_client', error_description: 'invalid client credentials' }];
    const token = `token-${(this.issued += 1)}`;
    this.tokens.add(token);
    const id = `${this.url}/id/${this.organizationId}/0055w000000User1AAA`;
    return [200, { access_token: token, instance_url: this.url, id, token_type: 'Bearer', issued_at: '1770112800000' }];
  }

  private opportunityFields(): string[] {
    return [
      'Id',
      'Name',
      'StageName',
      'IsClosed',
      'IsWon',
      'Amount',
      'CloseDate',
      'OwnerId',
      'SystemModstamp',
      ...this.extraFields,
    ];
  }

  private query(soql: string): [number, unknown] {
    const [, fields = '', rest = ''] = /^SELECT (.+) FROM Opportunity WHERE (.+)$/.exec(soql) ?? [];
    const unknown = fields
      .replace(/\(.*\)/, '')
      .split(',')
      .map((field) => field.trim())
      .filter((field) => field !== '' && !field.startsWith('Account.') && !this.opportunityFields().includes(field));
    if (fields === '' || unknown.length > 0)
      return [
        400,
        [
          {
            errorCode: fields === '' ? 'MALFORMED_QUERY' : 'INVALID_FIELD',
            message: `No such column '${unknown.join()}' on entity 'Opportunity'`,
          },
        ],
      ];
    const byId = /^Id = '(\w+)'$/.exec(rest)?.[1];
    const records =
      byId === undefined
        ? this.changed(rest)
        : [this.deals.get(byId)].filter((deal) => deal !== undefined).map((deal) => this.whole(deal));
    return [200, { totalSize: records.length, done: true, records }];
  }

  private changed(where: string): unknown[] {
    const [, compare, stamp = '', id = ''] =
      /SystemModstamp (>=?) (\S+?Z)(?: OR \(SystemModstamp = \S+ AND Id > '(\w+)'\))?/.exec(where) ?? [];
    const limit = Number(/LIMIT (\d+)$/.exec(where)?.[1]);
    const from = Date.parse(stamp);
    const at = (deal: FakeDeal): number => Date.parse(deal.SystemModstamp);
    return [...this.deals.values()]
      .filter(
        (deal) =>
          deal.IsWon && deal.IsClosed && (at(deal) > from || (at(deal) === from && (compare === '>=' || deal.Id > id))),
      )
      .toSorted((left, right) => at(left) - at(right) || (left.Id < right.Id ? -1 : 1))
      .slice(0, limit)
      .map((deal) => ({ attributes: { type: 'Opportunity' }, Id: deal.Id, SystemModstamp: wireStamp(deal) }));
  }

  private whole(deal: FakeDeal): unknown {
    const lines = deal.OpportunityLineItems;
    return {
      attributes: { type: 'Opportunity' },
      ...deal,
      SystemModstamp: wireStamp(deal),
      OpportunityLineItems: lines.length === 0 ? null : this.page(deal.Id, lines, 0),
    };
  }

  private page(id: string, lines: FakeDeal['OpportunityLineItems'], from: number): unknown {
    const to = from + this.childPageSize;
    const done = to >= lines.length;
    const next = `/services/data/v62.0/query/${id}-${to}`;
    if (!done) this.pages.set(next, this.page(id, lines, to));
    return {
      totalSize: lines.length,
      done,
      ...(!done && !this.hidesNextPage && { nextRecordsUrl: next }),
      records: lines.slice(from, to),
    };
  }
}

function wireStamp(deal: FakeDeal): string {
  return deal.SystemModstamp.replace('Z', '+0000');
}
