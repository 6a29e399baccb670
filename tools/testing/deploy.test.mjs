// What can be checked of deploy/ without a Docker engine: names, files and variables are the real ones.
import { expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../..');
const text = (path) => readFileSync(join(root, path), 'utf8');
const compose = parse(text('deploy/compose.yaml'), { merge: true });
const apps = readdirSync(join(root, 'apps')).filter(
  (name) => existsSync(join(root, 'apps', name, 'src/main.ts')) && name !== 'hub',
);
const example = new Set([...text('.env.example').matchAll(/^([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name));

function variablesRead() {
  const files = [
    ...readdirSync(join(root, 'apps')).map((name) => `apps/${name}/src/config.ts`),
    'libs/service-kit/src/runtime/config.ts',
  ];
  return files
    .filter((file) => existsSync(join(root, file)))
    .flatMap((file) =>
      [...text(file).matchAll(/\b([A-Z][A-Z0-9]*_[A-Z0-9_]+)\b(?=:|\s*[,}].*loadEnv)/g)].map(([, name]) => name),
    );
}

it('has a container for every app and for no other', () => {
  const containers = Object.keys(compose.services).filter(
    (name) => !['postgres', 'kafka', 'topics', 'registry'].includes(name),
  );
  expect(containers.sort()).toEqual(apps.sort());
  for (const name of containers) expect(compose.services[name].command).toEqual(['node', `apps/${name}/dist/main.js`]);
});

it('gives containers only variables that the product reads', () => {
  for (const [name, { environment = {} }] of Object.entries(compose.services)) {
    if (!apps.includes(name)) continue;
    for (const variable of Object.keys(environment)) expect(example).toContain(variable);
  }
});

it('runs every app read-only, without rights, with time to stop, after what it needs', () => {
  for (const name of apps) {
    expect(compose.services[name]).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      stop_grace_period: '30s',
      depends_on: {
        postgres: { condition: 'service_healthy' },
        topics: { condition: 'service_completed_successfully' },
      },
    });
  }
});

it('publishes ports on loopback only', () => {
  const ports = Object.values(compose.services).flatMap((service) => service.ports ?? []);
  expect(ports.length).toBeGreaterThan(0);
  for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
});

it('makes every topic of the catalogue', async () => {
  const { TOPIC_NAMES } = await import('@railhead/contracts');
  for (const topic of TOPIC_NAMES) expect(text('deploy/topics.sh')).toMatch(new RegExp(`\\b${topic}\\b`));
});

it('has every variable that a config.ts reads in .env.example', () => {
  const read = variablesRead();
  expect(read.length).toBeGreaterThan(20);
  expect(read.filter((name) => !example.has(name))).toEqual([]);
});
