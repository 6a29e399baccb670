import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';

const FILE = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})_([a-z0-9_]+)\.sql$/;
/** Two processes of one service may start at once; only one of them migrates. */
const LOCK = 771_000_001;

/** A plain SQL file as a TypeORM migration. Forward only. */
function migrationOf(fileName: string, sql: string): new () => MigrationInterface {
  const match = FILE.exec(fileName);
  if (match === null) throw new Error(`migration ${fileName} is not named YYYYMMDDTHHMM_what.sql`);
  const [, year, month, day, hour, minute, what] = match;
  const stamp = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
  return class implements MigrationInterface {
    readonly name = `${what}${stamp}`;
    async up(runner: QueryRunner): Promise<void> {
      await runner.query(sql);
    }
    async down(): Promise<void> {
      throw new Error(`${fileName}: migrations go forward only`);
    }
  };
}

async function migrationsIn(folder: string): Promise<(new () => MigrationInterface)[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql'));
  return Promise.all(names.sort().map(async (name) => migrationOf(name, await readFile(join(folder, name), 'utf8'))));
}

/**
 * Brings a service's schema up to date with the SQL files of `folders`. Each file runs once, in its own transaction.
 *
 * @param folders - Absolute paths; file names carry the order.
 */
export async function migrate(url: string, schema: string, folders: readonly string[]): Promise<void> {
  const lock = new pg.Client({ connectionString: url });
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await lock.query(`CREATE SCHEMA IF NOT EXISTS ${pg.escapeIdentifier(schema)}`);
    const migrations = (await Promise.all(folders.map(migrationsIn))).flat();
    const source = new DataSource({
      type: 'postgres',
      url,
      schema,
      migrations,
      migrationsTableName: 'migrations',
      extra: { options: `-c search_path=${schema}`, max: 1 },
    });
    await source.initialize();
    try {
      await source.runMigrations({ transaction: 'each' });
    } finally {
      await source.destroy();
    }
  } finally {
    await lock.end();
  }
}
