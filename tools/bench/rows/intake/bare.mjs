// Contestant: node:http and nothing else, with the same two checks; `keeps` adds one row per webhook, committed before
// the answer.
import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { once } from 'node:events';
import pg from 'pg';
import { answerQuestions } from '../../contestant.mjs';
import { isSigned, readOrder } from './checks.mjs';
import { SHOP } from './webhooks.mjs';

const { databaseUrl, keeps } = JSON.parse(process.env.BENCH_SETTINGS);
const DOCUMENTS = `
  CREATE TABLE documents (document_id uuid PRIMARY KEY, shop text NOT NULL, topic text NOT NULL, sha256 bytea NOT NULL,
    bytes bytea NOT NULL, received_at timestamptz NOT NULL, CONSTRAINT documents_once UNIQUE (shop, sha256))`;
const KEEP = {
  name: 'keep',
  text: 'INSERT INTO documents VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING',
};
const PATH = `/shopify/${SHOP.domain}/webhooks`;

let pool;
const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => void answer(request, Buffer.concat(chunks), response));
});

async function answer(request, body, response) {
  const { status, ...said } = await take(request, body).catch((error) => ({ status: 500, error: String(error) }));
  const text = JSON.stringify(said);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

async function take({ method, url, headers }, body) {
  if (method !== 'POST' || url !== PATH) return { status: 404, error: 'NOT_FOUND' };
  if (!isSigned(body, headers['x-shopify-hmac-sha256'], SHOP.secrets)) return { status: 401, error: 'UNAUTHORIZED' };
  const read = readOrder(body);
  if (read.kind !== 'order') return { status: 422, issues: read.issues };
  const documentId = randomUUID();
  if (keeps) await keep(documentId, headers['x-shopify-topic'], body);
  return { status: 200, outcome: 'captured', documentId };
}

async function keep(documentId, topic, body) {
  const sha256 = createHash('sha256').update(body).digest();
  await pool.query({ ...KEEP, values: [documentId, SHOP.domain, topic, sha256, body, new Date()] });
}

answerQuestions({
  start: async () => {
    if (keeps) {
      pool = new pg.Pool({ connectionString: databaseUrl, max: 6 });
      await pool.query(DOCUMENTS);
    }
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { url: `http://127.0.0.1:${server.address().port}` };
  },
  stop: async () => {
    server.close();
    server.closeAllConnections();
    await pool?.end();
    setTimeout(() => process.exit(0), 50);
  },
});
