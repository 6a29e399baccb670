// Keeps the committed contracts honest. `write` writes what the code says (schemas, docs/events.md, docs/asyncapi.yaml);
// `check` fails when the repository and the code disagree, or when a change would break a reader or a writer of old events.
// Runs on the built library: `tsc -b libs/contracts`.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { format } from 'prettier';
import { stringify } from 'yaml';
import { EVENTS } from '../dist/index.js';
import { asyncApiDocument } from '../dist/committed/asyncapi-document.js';
import { cataloguePage } from '../dist/committed/catalogue-page.js';
import {
  breakingChanges,
  schemaFileOf,
  schemaFilesToWrite,
  staleSchemas,
} from '../dist/committed/committed-schemas.js';

const root = join(import.meta.dirname, '../../..');
const folder = join(import.meta.dirname, '../schemas');
const definitions = [...EVENTS.values()];
const current = definitions.map(({ type, avro }) => [type, avro]);

function committedSchemas() {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((file) => {
    const name = schemaFileOf(file);
    return name === undefined ? [] : [{ file, ...name, schema: JSON.parse(readFileSync(join(folder, file), 'utf8')) }];
  });
}

/** The generated pages, formatted as the formatter wants them, so that both checks agree. */
async function pages() {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const style = JSON.parse(readFileSync(join(root, '.prettierrc.json'), 'utf8'));
  const yaml = stringify(asyncApiDocument(definitions, version), { lineWidth: 0 });
  return [
    [join(root, 'docs/events.md'), await format(cataloguePage(definitions), { ...style, parser: 'markdown' })],
    [join(root, 'docs/asyncapi.yaml'), await format(yaml, { ...style, parser: 'yaml' })],
  ];
}

function staleProblem([file, text]) {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return [];
  return [`${relative(root, file)} is stale. Run "npm run contracts:write" and commit the result.`];
}

async function write() {
  const committed = committedSchemas();
  const breaking = breakingChanges(current, committed);
  if (breaking.length > 0) return report(breaking);
  mkdirSync(folder, { recursive: true });
  const schemas = schemaFilesToWrite(current, committed).map(([file, schema]) => [
    join(folder, file),
    `${JSON.stringify(schema, null, 2)}\n`,
  ]);
  const changed = [...schemas, ...(await pages()).filter((page) => staleProblem(page).length > 0)];
  for (const [file, text] of changed) writeFileSync(file, text);
  for (const [file] of changed) console.log(`wrote ${relative(root, file)}`);
  console.log(`${definitions.length} event types, ${changed.length} files written.`);
}

async function check() {
  const committed = committedSchemas();
  const breaking = breakingChanges(current, committed);
  if (breaking.length > 0) return report(breaking); // the rest follows from these
  const problems = [...staleSchemas(current, committed), ...(await pages()).flatMap(staleProblem)];
  if (problems.length > 0) return report(problems);
  console.log(`${definitions.length} event types agree with the committed schemas and pages.`);
}

function report(problems) {
  for (const problem of problems) console.error(`contracts: ${problem}`);
  process.exitCode = 1;
}

const command = { write, check }[process.argv[2]];
if (command === undefined) {
  console.error('usage: node libs/contracts/scripts/contracts.mjs write|check');
  process.exitCode = 2;
} else await command();
