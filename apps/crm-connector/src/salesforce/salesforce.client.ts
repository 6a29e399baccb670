import { decimalOf, parseLosslessly } from '@railhead/connector-kit';
import { Failure } from '@railhead/service-kit';
import { Connection } from 'jsforce';
import type { z } from 'zod';
import type { Organization } from './organization.js';
import { toLongId } from './record-id.js';
import {
  ChangedPage,
  Description,
  LineItemPage,
  OpportunityPage,
  UserInfo,
  type Opportunity,
} from './salesforce.schemas.js';
import { changedQuery, dealQuery, type PollPlace } from './soql.js';

/** Types of fields whose values are doubles on the wire. */
const NUMERIC = new Set(['double', 'int', 'currency', 'percent']);
const REFRESHES_MAX = 2; // in a row: the library itself would go on for ever when every token is refused
const REQUEST_OPTIONS = { responseType: 'text/plain', timeout: 30_000, retry: { maxRetries: 2, minTimeout: 200 } };

/** A deal as it was read. */
export interface ReadDeal {
  /** The answers of Salesforce as they came; several pages make a JSON array. */
  readonly bytes: Buffer;
  /** Undefined: Salesforce knows no such deal, or does not show it to us. */
  readonly deal?: Opportunity | undefined;
}

/** Reads one organization over REST. HTTP and errors only; answers are read as text, so that no amount becomes a binary fraction. */
export class SalesforceClient {
  private opened: Promise<Connection> | undefined;
  private optionalFields: readonly string[] = [];
  private hasNumericNumber = false;
  private refreshes = 0;

  constructor(private readonly organization: Organization) {}

  /** @throws Failure PARTNER_UNAVAILABLE, RATE_LIMITED, PARTNER_REJECTED. */
  async readDeal(opportunityId: string): Promise<ReadDeal> {
    const connection = await this.connection();
    const text = await this.get(connection, this.queryPath(dealQuery(opportunityId, this.optionalFields)));
    const [deal] = parsed(OpportunityPage, text).records;
    if (deal === undefined) return { bytes: Buffer.from(text) };
    const pages = [text];
    let lines = deal.OpportunityLineItems ?? { done: true, records: [] };
    while (!lines.done) {
      if (lines.nextRecordsUrl === undefined)
        throw Failure.transient('PARTNER_UNAVAILABLE', 'the answer has more lines, and does not say where');
      const next = await this.get(connection, lines.nextRecordsUrl);
      pages.push(next);
      const page = parsed(LineItemPage, next);
      lines = { ...page, records: [...lines.records, ...page.records] };
    }
    const bytes = Buffer.from(pages.length === 1 ? text : `[${pages.join(',')}]`);
    return { bytes, deal: { ...deal, ...this.plainNumber(deal), OpportunityLineItems: lines } };
  }

  /** A PO number in a field of numbers comes as `4711.0`; nobody calls it that. */
  private plainNumber(deal: Opportunity): Record<string, string> {
    const field = this.organization.purchaseOrderField;
    const value = field === undefined ? undefined : deal[field];
    return this.hasNumericNumber && typeof value === 'string' ? { [field!]: decimalOf(value) } : {};
  }

  /** The next won deals that changed after a place, oldest first. @throws Failure as {@link readDeal}. */
  async changedAfter(place: PollPlace, limit: number): Promise<readonly PollPlace[]> {
    const connection = await this.connection();
    const text = await this.get(connection, this.queryPath(changedQuery(place, limit)));
    return parsed(ChangedPage, text).records.map((row) => ({ id: toLongId(row.Id), stamp: row.SystemModstamp }));
  }

  private queryPath(soql: string): string {
    return `/services/data/v${this.organization.apiVersion}/query?q=${encodeURIComponent(soql)}`;
  }

  private connection(): Promise<Connection> {
    this.opened ??= this.open().catch((error: unknown) => {
      this.opened = undefined;
      throw error;
    });
    return this.opened;
  }

  /** Logs in and makes sure that it is the right organization: a sandbox must not be taken for production. */
  private async open(): Promise<Connection> {
    const { login, apiVersion, organizationId } = this.organization;
    const refreshFn: Refresh = (connection, done) =>
      void this.refresh(connection).then(
        (token) => done(null, token),
        (error: Error) => done(error),
      );
    const options = 'accessToken' in login ? login : { loginUrl: login.loginUrl, oauth2: { ...login }, refreshFn };
    const connection = new Connection({ ...options, version: apiVersion, callOptions: { client: 'Railhead' } });
    if (!('accessToken' in login)) await connection.authorize({ grant_type: 'client_credentials' }).catch(rethrow);
    const found = parsed(
      UserInfo,
      await this.get(connection, `${connection.instanceUrl}/services/oauth2/userinfo`),
    ).organization_id;
    if (toLongId(found) !== organizationId) {
      throw Failure.permanent('PARTNER_REJECTED', 'the login belongs to another organization', {
        context: { expected: organizationId, found },
      });
    }
    const known = parsed(
      Description,
      await this.get(connection, `/services/data/v${apiVersion}/sobjects/Opportunity/describe`),
    );
    this.optionalFields = this.fieldsIn(known.fields.map((field) => field.name));
    this.hasNumericNumber = known.fields.some(
      ({ name, type }) => name === this.organization.purchaseOrderField && NUMERIC.has(type ?? ''),
    );
    return connection;
  }

  /** The currency exists in organizations with several only; the field that was set up must exist, or orders get wrong numbers. */
  private fieldsIn(known: readonly string[]): readonly string[] {
    const field = this.organization.purchaseOrderField;
    if (field !== undefined && !known.includes(field)) {
      throw Failure.permanent('PARTNER_REJECTED', `opportunities have no field ${field}, or this user may not see it`);
    }
    return ['CurrencyIsoCode', field].filter((name): name is string => name !== undefined && known.includes(name));
  }

  private async refresh(connection: Connection): Promise<string> {
    this.refreshes += 1;
    if (this.refreshes > REFRESHES_MAX) throw new Error('every new token is refused');
    await connection.authorize({ grant_type: 'client_credentials' });
    return connection.accessToken!;
  }

  private async get(connection: Connection, url: string): Promise<string> {
    try {
      const text = await connection.request<string>({ method: 'GET', url }, REQUEST_OPTIONS);
      this.refreshes = 0;
      return text;
    } catch (error) {
      if (this.refreshes > REFRESHES_MAX) [this.refreshes, this.opened] = [0, undefined];
      return rethrow(error);
    }
  }
}

type Refresh = (connection: Connection, done: (error: Error | null, accessToken?: string) => void) => void;

/** Texts of the errors that pass by themselves. */
const RATE = /REQUEST_LIMIT_EXCEEDED|TooManyRequests|ERROR_HTTP_429/;
const AWAY =
  /SERVER_UNAVAILABLE|UNABLE_TO_LOCK_ROW|QUERY_TIMEOUT|ERROR_HTTP_(420|5\d\d)|ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|fetch failed|aborted|socket/i;

/** Salesforce's errors carry a code and no HTTP status; those of the network carry a message. */
function rethrow(error: unknown): never {
  if (error instanceof Failure) throw error;
  const { errorCode = '', message = String(error) } = error as { errorCode?: string; message?: string };
  const text = `${errorCode} ${message}`;
  const options = { cause: error, context: { errorCode } };
  if (RATE.test(text)) throw Failure.transient('RATE_LIMITED', 'Salesforce asked us to slow down', options);
  if (AWAY.test(text)) throw Failure.transient('PARTNER_UNAVAILABLE', 'Salesforce does not answer', options);
  throw Failure.permanent('PARTNER_REJECTED', `Salesforce refused: ${text.trim().slice(0, 300)}`, options);
}

function parsed<Schema extends z.ZodType>(schema: Schema, text: string): z.infer<Schema> {
  let json: unknown;
  try {
    json = parseLosslessly(text);
  } catch (error) {
    throw Failure.transient('PARTNER_UNAVAILABLE', 'the answer is not JSON', { cause: error });
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const first = result.error.issues[0]!;
  throw Failure.permanent(
    'PARTNER_REJECTED',
    `unexpected answer at /${first.path.map(String).join('/')}: ${first.message}`,
  );
}
