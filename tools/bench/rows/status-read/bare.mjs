// Contestant: node:http, the query that finds the facts of an order, and the rows as JSON. With `folds` the rows are read
// and folded by the gateway's own functions: what is left of the difference is the framework and the check of the key.
import { once } from 'node:events';
import { createServer } from 'node:http';
import pg from 'pg';
import { Database } from '@railhead/database';
import { answerQuestions } from '../../contestant.mjs';

const { databaseUrl, folds } = JSON.parse(process.env.BENCH_SETTINGS);
const QUERY = {
  name: 'facts',
  text: `SELECT file_id, event_id, schema_no, at, causation_id, source, correlation_id, value
           FROM gateway.facts WHERE file_id = ANY($1::uuid[])`,
};
const gateway = new URL('../../../../apps/gateway/dist/', import.meta.url);
const { FactCodec } = await import(new URL('store/fact-codec.js', gateway).href);
const { FactStore } = await import(new URL('store/fact.store.js', gateway).href);
const { orderFileOf } = await import(new URL('domain/file/fold.js', gateway).href);

let close = async () => {};
let fileOf;
const server = createServer((request, response) => {
  fileOf(request.url.slice('/v1/orders/'.length)).then(
    (file) => answer(response, file === undefined ? 404 : 200, file ?? {}),
    (error) => answer(response, 500, { error: String(error) }),
  );
});

function answer(response, status, said) {
  const text = JSON.stringify(said);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

async function openFolding() {
  const db = new Database({ url: databaseUrl, schema: 'gateway' });
  const codec = new FactCodec(db);
  await codec.onModuleInit();
  const facts = new FactStore(db, codec);
  fileOf = async (orderId) => orderFileOf(orderId, (await facts.ofOrder(orderId)).facts);
  close = () => db.close();
}

function openPlain() {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 6 });
  fileOf = async (orderId) => {
    const { rows } = await pool.query({ ...QUERY, values: [[orderId]] });
    return rows.length === 0 ? undefined : rows.map((row) => ({ ...row, value: row.value.toString('base64') }));
  };
  close = () => pool.end();
}

answerQuestions({
  start: async () => {
    if (folds) await openFolding();
    else openPlain();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { url: `http://127.0.0.1:${server.address().port}` };
  },
  stop: async () => {
    server.close();
    server.closeAllConnections();
    await close();
    setTimeout(() => process.exit(0), 50);
  },
});
