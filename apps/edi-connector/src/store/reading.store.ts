import { Injectable } from '@nestjs/common';
import { bigintArray, byteaArray, prepared, type Queryable, type Tx } from '@railhead/database';
import { ServiceContext, uuidv7 } from '@railhead/service-kit';

/** Something that is read in the background, as far as it has come. */
export interface StoredReading {
  readonly readingId: string;
  readonly documentId: string;
  readonly heldId: string | null;
  readonly owner: string | null;
  /** All before it is settled. */
  readonly position: number;
  readonly endsAt: number;
  /** The interchange that is being taken, judged; JSON. */
  readonly open: string | null;
  readonly setsTaken: number;
  /** JSON. */
  readonly progress: string;
  readonly version: number;
  readonly state: 'due' | 'failed' | 'done';
  readonly attempts: number;
  readonly lastError: string;
}

/** What is to be read. */
export interface ToRead {
  readonly documentId: string;
  readonly heldId?: string | undefined;
  /** Whose channel it came through. */
  readonly owner?: string | undefined;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly progress: string;
}

/** A reading that was given up. */
export interface GivenUpReading {
  readonly readingId: string;
  readonly documentId: string;
  readonly owner: string | null;
  /** How often by now. */
  readonly givenUp: number;
}

type Step = Pick<StoredReading, 'position' | 'open' | 'setsTaken' | 'progress'>;

const COLUMNS = `reading_id AS "readingId", document_id AS "documentId", held_id AS "heldId", owner, position::float8 AS position,
  ends_at::float8 AS "endsAt", open, sets_taken AS "setsTaken", progress, version, state, attempts, last_error AS "lastError"`;

const ADVANCE = prepared(`
  UPDATE readings SET position = $3, open = $4, sets_taken = $5, progress = $6, state = $7, version = version + 1, attempts = 0
   WHERE reading_id = $1 AND version = $2 RETURNING version`);
const GIVE_UP = `UPDATE documents SET outcome = 'failed'
  WHERE document_id = (SELECT document_id FROM readings WHERE reading_id = $1 AND held_id IS NULL AND state = 'due')`;
const ANSWER = prepared(`
  INSERT INTO document_answers (document_id, starts_at, bytes) SELECT $1, * FROM unnest($2::int8[], $3::bytea[]) AS a
  ON CONFLICT ON CONSTRAINT document_answers_once DO UPDATE SET bytes = excluded.bytes`);

/** What is read in the background, and the answers to it. */
@Injectable()
export class ReadingStore {
  private readonly db: Queryable;

  constructor({ db }: ServiceContext) {
    this.db = db;
  }

  /** @returns its id. One that has failed was given up once. */
  async add(reading: ToRead, tx: Tx, state: 'due' | 'failed' = 'due', lastError = ''): Promise<string> {
    const readingId = uuidv7();
    const { documentId, heldId = null, owner = null, startsAt, endsAt, progress } = reading;
    await tx.query(
      `INSERT INTO readings (reading_id, document_id, held_id, owner, position, ends_at, progress, state, last_error, given_up)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, CASE $8 WHEN 'failed' THEN 1 ELSE 0 END)`,
      [readingId, documentId, heldId, owner, startsAt, endsAt, progress, state, lastError],
    );
    return readingId;
  }

  /** What may be read now, longest due first. */
  async due(countMax: number): Promise<StoredReading[]> {
    return this.db.query<StoredReading & Record<string, unknown>>(
      `SELECT ${COLUMNS} FROM readings WHERE state = 'due' AND due_at <= clock_timestamp() ORDER BY due_at LIMIT $1`,
      [countMax],
    );
  }

  async find(readingId: string): Promise<StoredReading | undefined> {
    return this.one('reading_id = $1', readingId);
  }

  /** The newest reading of a document. */
  async ofDocument(documentId: string): Promise<StoredReading | undefined> {
    return this.one('document_id = $1', documentId);
  }

  async failed(countMax: number): Promise<StoredReading[]> {
    return this.db.query<StoredReading & Record<string, unknown>>(
      `SELECT ${COLUMNS} FROM readings WHERE state = 'failed' ORDER BY due_at LIMIT $1`,
      [countMax],
    );
  }

  /** Notes how far it has come. @returns the reading after the step; `undefined` when another reader was faster. */
  async advance(
    reading: StoredReading,
    step: Step,
    tx: Tx,
    state: 'due' | 'done' = 'due',
  ): Promise<StoredReading | undefined> {
    const { position, open, setsTaken, progress } = step;
    const [row] = await tx.query<{ version: number }>(ADVANCE, [
      reading.readingId,
      reading.version,
      position,
      open,
      setsTaken,
      progress,
      state,
    ]);
    return row === undefined ? undefined : { ...reading, ...step, state, version: row.version, attempts: 0 };
  }

  /** It did not go on: once more later. */
  async stumbled(readingId: string, lastError: string, afterMs: number): Promise<void> {
    await this.db.query(
      `UPDATE readings SET attempts = attempts + 1, last_error = $2, due_at = clock_timestamp() + $3 * interval '1 ms'
        WHERE reading_id = $1 AND state = 'due'`,
      [readingId, lastError.slice(0, 2000), afterMs],
    );
  }

  /** It is set aside for a person. @returns it; `undefined` when it was not under way any more. */
  async giveUp(readingId: string, lastError: string, tx: Tx): Promise<GivenUpReading | undefined> {
    await tx.query(GIVE_UP, [readingId]);
    const [row] = await tx.query<GivenUpReading & Record<string, unknown>>(
      `UPDATE readings SET attempts = attempts + 1, last_error = $2, state = 'failed', given_up = given_up + 1
        WHERE reading_id = $1 AND state = 'due'
        RETURNING reading_id AS "readingId", document_id AS "documentId", owner, given_up AS "givenUp"`,
      [readingId, lastError.slice(0, 2000)],
    );
    return row;
  }

  /** A person wants it tried again. @returns what was set aside of it; empty: nothing was. */
  async retry(documentId: string, tx: Tx): Promise<GivenUpReading[]> {
    await tx.query(`UPDATE documents SET outcome = 'received' WHERE document_id = $1 AND outcome = 'failed'`, [
      documentId,
    ]);
    return tx.query<GivenUpReading & Record<string, unknown>>(
      `UPDATE readings SET state = 'due', attempts = 0, due_at = clock_timestamp() WHERE document_id = $1 AND state = 'failed'
        RETURNING reading_id AS "readingId", document_id AS "documentId", owner, given_up AS "givenUp"`,
      [documentId],
    );
  }

  /** Notes what the sender of interchanges is told; of one that was held and released, instead of what it was told first. */
  async answer(
    documentId: string,
    answers: readonly { readonly startsAt: number; readonly answer: Buffer }[],
    tx: Tx,
  ): Promise<void> {
    if (answers.length === 0) return;
    await tx.query(ANSWER, [
      documentId,
      bigintArray(answers.map(({ startsAt }) => startsAt)),
      byteaArray(answers.map(({ answer }) => answer)),
    ]);
  }

  /** The answers to a document, in the order of its interchanges; read no faster than they are taken. */
  async *answers(documentId: string): AsyncGenerator<Buffer> {
    for (let after = -1; ;) {
      const page = await this.db.query<{ startsAt: number; bytes: Buffer }>(
        'SELECT starts_at::float8 AS "startsAt", bytes FROM document_answers WHERE document_id = $1 AND starts_at > $2 ORDER BY starts_at LIMIT 100',
        [documentId, after],
      );
      for (const { bytes } of page) yield bytes;
      if (page.length === 0) return;
      after = page.at(-1)!.startsAt;
    }
  }

  private async one(condition: string, id: string): Promise<StoredReading | undefined> {
    const sql = `SELECT ${COLUMNS} FROM readings WHERE ${condition} ORDER BY due_at DESC LIMIT 1`;
    const [row] = await this.db.query<StoredReading & Record<string, unknown>>(sql, [id]);
    return row;
  }
}
