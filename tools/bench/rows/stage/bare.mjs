// Contestant: the limit. A loop around one statement with parameters made beforehand, into the same tables; each row is
// a copy of one that the stage has written, under a key of its own.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { bigintArray, byteaArray, migrate, textArray, uuidArray } from '@railhead/database';
import { validationService } from '@railhead/validation';
import { answerQuestions } from '../../contestant.mjs';
import { KIT_MIGRATIONS } from '../../relay.mjs';

const { databaseUrl, templates } = JSON.parse(process.env.BENCH_SETTINGS);
const SCHEMA = 'validation';
const DELETE_EVERY = 500;
const DELETE = 'DELETE FROM outbox WHERE id = ANY($1::int8[])';
const accounts = templates.customers.map(({ account_id: account }) => account);

let client;
let lastId = 0;
let statements = [];
let orders = 0;

const keysOf = {
  uuid: (count) => Array.from({ length: count }, () => randomUUID()),
  bigint: (count) => Array.from({ length: count }, () => (lastId += 1)),
};
const arrayOf = { uuid: uuidArray, bigint: bigintArray, bytea: byteaArray, text: textArray };

/** How a column gets its value: keys and bytes as arrays, an element for each order; what is short once for all. */
function parameterOf({ name, type, isKey }, row, count) {
  if (isKey) return { sql: `${type}[]`, array: true, values: keysOf[type](count), type };
  if (type !== 'bytea' || row[name] === null) return { sql: type, array: false, value: row[name] };
  const bytes = Buffer.from(row[name].slice(2), 'hex'); // JSON shows bytes as \x…
  return { sql: 'bytea[]', array: true, values: Array.from({ length: count }, () => bytes), type };
}

/** The insert of one table; its parameters are added to `values`. */
function insertOf({ table, row, columns }, count, values) {
  const parameters = columns.map((column) => parameterOf(column, row, count));
  const places = parameters.map(({ array, type, values: own, value }) =>
    values.push(array ? arrayOf[type](own) : value),
  );
  const unnested = parameters.flatMap(({ array, sql }, index) => (array ? [`$${places[index]}::${sql}`] : []));
  const names = parameters.flatMap(({ array }, index) => (array ? [`v${index}`] : []));
  const picked = parameters.map(({ array, sql }, index) => (array ? `v${index}` : `$${places[index]}::${sql}`));
  const into = columns.map(({ name }) => name).join(', ');
  return `INSERT INTO ${table} (${into}) OVERRIDING SYSTEM VALUE
          SELECT ${picked.join(', ')} FROM unnest(${unnested.join(', ')}) AS r(${names.join(', ')})`;
}

function writeOf(count) {
  const values = [];
  const firstId = lastId + 1;
  const [last, ...others] = [...templates.tables].reverse();
  const inserts = others.map((template, index) => `w${index} AS (${insertOf(template, count, values)})`);
  const spent = `spent AS (UPDATE customers c SET exposure_minor = c.exposure_minor + 1
    FROM unnest($${values.push(textArray(accounts.slice(0, count)))}::text[]) AS s(account_id) WHERE c.account_id = s.account_id)`;
  const text = `WITH ${[...inserts, spent].join(', ')} ${insertOf(last, count, values)}`;
  const ids = Array.from({ length: lastId + 1 - firstId }, (_, index) => firstId + index);
  return { ids, statement: { name: 'write', text, values } };
}

/** What is published is deleted, as a relay does it: some hundred rows at once. */
function statementsFor(count, batch) {
  const all = [];
  let published = [];
  for (let at = 0; at < count; at += batch) {
    const { ids, statement } = writeOf(Math.min(batch, count - at));
    all.push(statement);
    published.push(...ids);
    if (published.length < DELETE_EVERY && at + batch < count) continue;
    all.push({ name: 'delete', text: DELETE, values: [bigintArray(published)] });
    published = [];
  }
  return all;
}

answerQuestions({
  start: async () => {
    await migrate(databaseUrl, SCHEMA, [KIT_MIGRATIONS, validationService.migrations]);
    const options = `-c search_path=${SCHEMA} -c enable_seqscan=off -c jit=off`;
    client = new pg.Client({ connectionString: databaseUrl, options });
    await client.connect();
    const customers = [JSON.stringify(templates.customers)];
    await client.query('INSERT INTO customers SELECT * FROM jsonb_populate_recordset(null::customers, $1)', customers);
    return {};
  },
  prepare: ({ count, batch }) => {
    statements = statementsFor(count, batch);
    orders = count;
    return {};
  },
  run: async () => {
    for (const statement of statements) await client.query(statement);
    return { units: orders };
  },
  stop: async () => {
    await client?.end();
    setTimeout(() => process.exit(0), 50);
  },
});
