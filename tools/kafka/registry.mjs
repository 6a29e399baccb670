// A small schema registry that speaks Confluent's REST protocol, for tests and the development machine.
// Run alone: node tools/kafka/registry.mjs [--port 8081] [--state .railhead/registry.json]
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { openRegistry, Refused } from './registry-store.mjs';

const SUBJECT = '/subjects/([^/]+)';
const VERSION = '(\\d+|latest)';

/**
 * Method, path, and what answers it. The order does not matter: the paths exclude each other.
 *
 * @type {[string, string, (registry: import('./registry-store.mjs').Registry, params: string[], body: any) => unknown][]}
 */
const TABLE = [
  ['GET', '/subjects', (registry) => registry.subjects()],
  ['GET', `${SUBJECT}/versions`, (registry, [subject]) => registry.versions(subject)],
  ['GET', `${SUBJECT}/versions/${VERSION}`, (registry, [subject, version]) => registry.version(subject, version)],
  ['POST', `${SUBJECT}/versions`, (registry, [subject], body) => registry.register(subject, body)],
  ['POST', SUBJECT, (registry, [subject], body) => registry.find(subject, body)],
  ['GET', '/schemas/ids/(\\d+)', (registry, [id]) => registry.schema(Number(id))],
  ['GET', '/config', (registry) => ({ compatibilityLevel: registry.level() })],
  ['PUT', '/config', (registry, _, body) => registry.setLevel('', body)],
  ['GET', '/config/([^/]+)', (registry, [subject]) => ({ compatibilityLevel: registry.ownLevel(subject) })],
  ['PUT', '/config/([^/]+)', (registry, [subject], body) => registry.setLevel(subject, body)],
  [
    'POST',
    `/compatibility${SUBJECT}/versions/${VERSION}`,
    (registry, [subject, version], body) => registry.check(subject, version, body),
  ],
];
const ROUTES = TABLE.map(([method, path, answer]) => ({ method, path: new RegExp(`^${path}$`), answer }));

/**
 * Starts the registry on loopback. See registry.d.mts.
 *
 * @param {{ port?: number, stateFile?: string }} [options]
 */
export async function startRegistry({ port = 0, stateFile } = {}) {
  const registry = await openRegistry(stateFile);
  const server = createServer((request, response) => void handle(registry, request, response));
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => new Promise((done) => (server.close(done), server.closeAllConnections())),
  };
}

async function handle(registry, request, response) {
  try {
    const body = await readJson(request);
    send(response, 200, await route(registry, request, body));
  } catch (error) {
    const [status, code] = error instanceof Refused ? [error.status, error.code] : [500, 50001];
    send(response, status, { error_code: code, message: error.message });
  }
}

function route(registry, { method, url }, body) {
  const { pathname } = new URL(url, 'http://registry');
  for (const { method: wanted, path, answer } of ROUTES) {
    const match = method === wanted && path.exec(pathname);
    if (match) return answer(registry, match.slice(1).map(decodeURIComponent), body);
  }
  throw new Refused(404, 404, `nothing at ${method} ${pathname}`);
}

async function readJson(request) {
  const chunks = await request.toArray();
  const text = Buffer.concat(chunks).toString();
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    throw new Refused(422, 42201, 'the body is not JSON');
  }
}

function send(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/vnd.schemaregistry.v1+json' }).end(JSON.stringify(body));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '8081' },
      state: { type: 'string', default: '.railhead/registry.json' },
    },
  });
  const { url, stop } = await startRegistry({ port: Number(values.port), stateFile: values.state });
  console.log(`SCHEMA_REGISTRY_URL=${url}`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop());
}
