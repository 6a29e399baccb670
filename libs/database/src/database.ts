import { createHash } from 'node:crypto';
import pg from 'pg';

/** A statement that PostgreSQL parses and plans once per connection. Its name is made from its text, so no two texts share one. */
export interface Prepared {
  readonly name: string;
  readonly text: string;
}

/** Prepares a statement for hot paths. */
export function prepared(text: string): Prepared {
  return { name: createHash('sha1').update(text).digest('base64url'), text };
}

/** Runs statements: a transaction, or the pool for a statement of its own. */
export interface Queryable {
  query<Row extends pg.QueryResultRow = pg.QueryResultRow>(
    statement: string | Prepared,
    values?: unknown[],
  ): Promise<Row[]>;
}

/** An open transaction. */
export interface Tx extends Queryable {
  /** Runs `work` behind a savepoint: when it throws, what it wrote is undone and the transaction goes on. */
  savepoint<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * Prepared plans are made while tables are new and empty; a plan that scans the table would be kept until the first
 * ANALYZE, long after the table has grown. Every hot statement goes by a key, so plans that scan are not wanted at all.
 */
const SESSION_SETTINGS =
  '-c enable_seqscan=off -c jit=off -c idle_in_transaction_session_timeout=30000 -c statement_timeout=60000';

/**
 * A network that falls silent tells nobody that it broke; TCP gives up after a quarter of an hour only. Each side asks an
 * idle one whether it is still there, and so the server lets go of what a session held.
 */
const SERVER_ASKS =
  '-c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c tcp_user_timeout=30000';
const CLIENT_ASKS = { keepAlive: true, keepAliveInitialDelayMillis: 15_000, connectionTimeoutMillis: 10_000 } as const;
/** Longer than any statement may take: what has not answered by then will not. */
const SILENCE_MS_MAX = 70_000;
/** On a session of one's own, which asks for a lock that is free or not. */
const SESSION_SILENCE_MS_MAX = 20_000;

/** What the client throws when an answer did not come in time. */
function isSilence(error: unknown): error is Error {
  return error instanceof Error && error.message === 'Query read timeout';
}

export interface DatabaseOptions {
  readonly url: string;
  /** The service's own schema; set as the only search path, so a store cannot reach another service's tables by accident. */
  readonly schema: string;
  readonly connectionsMax?: number;
  /** A statement that was not answered for so long has failed. Default: a little more than a statement may take. */
  readonly silenceMsMax?: number;
  /** Called for errors of idle connections, e.g. when the server restarts. */
  readonly onError?: (error: Error) => void;
}

async function run(
  client: pg.ClientBase | pg.Pool,
  statement: string | Prepared,
  values: unknown[] = [],
): Promise<pg.QueryResultRow[]> {
  const result = await client.query(
    typeof statement === 'string' ? { text: statement, values } : { ...statement, values },
  );
  return result.rows as pg.QueryResultRow[];
}

function transaction(client: pg.PoolClient): Tx {
  return {
    query: async <Row>(statement: string | Prepared, values?: unknown[]) =>
      (await run(client, statement, values)) as Row[],
    savepoint: async (work) => {
      await client.query('SAVEPOINT work');
      try {
        const result = await work();
        await client.query('RELEASE SAVEPOINT work');
        return result;
      } catch (error) {
        await client.query('ROLLBACK TO SAVEPOINT work');
        throw error;
      }
    },
  };
}

/** A service's PostgreSQL schema: a pool of connections that see nothing else. */
export class Database implements Queryable {
  readonly schema: string;
  readonly url: string;
  private readonly pool: pg.Pool;
  private readonly silenceMsMax: number | undefined;

  constructor(options: DatabaseOptions) {
    this.schema = options.schema;
    this.url = options.url;
    this.silenceMsMax = options.silenceMsMax;
    this.pool = new pg.Pool({
      ...CLIENT_ASKS,
      connectionString: options.url,
      max: options.connectionsMax ?? 6,
      query_timeout: options.silenceMsMax ?? SILENCE_MS_MAX,
      options: `-c search_path=${options.schema} ${SESSION_SETTINGS} ${SERVER_ASKS}`,
      application_name: `railhead-${options.schema}`,
    });
    // Without a listener the restart of the server would end the process.
    this.pool.on('error', (error) => options.onError?.(error));
  }

  async query<Row extends pg.QueryResultRow = pg.QueryResultRow>(
    statement: string | Prepared,
    values?: unknown[],
  ): Promise<Row[]> {
    return (await run(this.pool, statement, values)) as Row[];
  }

  /**
   * Runs `work` in one transaction: committed when it resolves, rolled back when it throws.
   * An error of COMMIT itself means *unknown*, not *failed*: callers must be able to run `work` again harmlessly.
   */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    const onError = (error: Error): void => {
      broken = error;
    };
    client.on('error', onError);
    try {
      await client.query('BEGIN');
      const result = await work(transaction(client));
      // Of a transaction in which a statement failed, and somebody kept that to himself, nothing is left; COMMIT does not mind.
      const { command } = await client.query('COMMIT');
      if (command !== 'COMMIT') throw new Error('the transaction was rolled back: one of its statements had failed');
      return result;
    } catch (error) {
      if (isSilence(error)) broken = error;
      else
        await client.query('ROLLBACK').catch((rollbackError: Error) => {
          broken ??= rollbackError;
        });
      throw error;
    } finally {
      client.removeListener('error', onError);
      client.release(broken);
    }
  }

  /** A connection of one's own, for LISTEN and session locks. The caller ends it and listens to its errors. */
  async dedicated(): Promise<pg.Client> {
    const client = new pg.Client({
      ...CLIENT_ASKS,
      connectionString: this.url,
      query_timeout: this.silenceMsMax ?? SESSION_SILENCE_MS_MAX,
      options: `-c search_path=${this.schema} ${SERVER_ASKS}`,
      application_name: `railhead-${this.schema}-session`,
    });
    await client.connect();
    return client;
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}
