// Keeps the guard honest: one forbidden import of each kind must be refused, and what is allowed must pass.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** [what it is about, file, source, rule that refuses it] */
const forbidden = [
  ['core imports Nest', 'libs/contracts/src/a1.ts', take('@nestjs/common'), 'no-restricted-imports'],
  ['core imports Nest as a type only', 'libs/contracts/src/a2.ts', takeType('@nestjs/common'), 'no-restricted-imports'],
  ['core imports PostgreSQL', 'libs/money/src/a3.ts', take('pg'), 'no-restricted-imports'],
  ['core imports TypeORM', 'libs/money/src/a4.ts', take('typeorm'), 'no-restricted-imports'],
  ['core imports a Kafka client', 'libs/x12/src/a5.ts', take('kafkajs'), 'no-restricted-imports'],
  ['core imports a kit', 'libs/x12/src/a6.ts', take('@railhead/bus'), 'no-restricted-imports'],
  ['core imports a kit in a test', 'libs/x12/src/a7.test.ts', take('@railhead/service-kit'), 'no-restricted-imports'],
  ['a kit imports an app', 'libs/service-kit/src/b1.ts', take('@railhead/billing'), 'no-restricted-imports'],
  ['a stage imports X12', 'apps/billing/src/c1.ts', take('@railhead/x12'), 'no-restricted-imports'],
  [
    'a stage imports the connector kit',
    'apps/validation/src/c2.ts',
    take('@railhead/connector-kit'),
    'no-restricted-imports',
  ],
  ['a stage imports an app', 'apps/fulfillment/src/c3.ts', take('@railhead/billing'), 'no-restricted-imports'],
  ['an edge imports an app', 'apps/gateway/src/c4.ts', take('@railhead/edi-connector'), 'no-restricted-imports'],
  ['an app imports the hub', 'apps/edi-connector/src/c5.ts', takeType('@railhead/hub'), 'no-restricted-imports'],
  [
    'an app reaches into another by path',
    'apps/gateway/src/d1.ts',
    take('../../billing/src/index.js').replace('../../', '../../../apps/'),
    'no-restricted-imports',
  ],
  [
    'an app reaches into a lib by path',
    'apps/gateway/src/d2.ts',
    take('../../../libs/x12/src/index.js'),
    'no-restricted-imports',
  ],
  [
    'an app reaches into a lib by name',
    'apps/gateway/src/d3.ts',
    take('@railhead/contracts/src/order.js'),
    'no-restricted-imports',
  ],
  [
    'the hub reaches into an app by name',
    'apps/hub/src/d4.ts',
    take('@railhead/billing/dist/index.js'),
    'no-restricted-imports',
  ],
  [
    'a tool reaches into an app by path',
    'tools/cli/src/d5.ts',
    take('../../../apps/hub/src/index.js'),
    'no-restricted-imports',
  ],
  ['a domain imports Nest', 'apps/billing/src/domain/e1.ts', take('@nestjs/common'), 'no-restricted-imports'],
  [
    'a nested domain imports PostgreSQL',
    'apps/billing/src/invoicing/domain/e2.ts',
    take('pg'),
    'no-restricted-imports',
  ],
  [
    'a domain imports the service kit',
    'apps/gateway/src/domain/e3.ts',
    takeType('@railhead/service-kit'),
    'no-restricted-imports',
  ],
  ['a domain imports a Node module', 'apps/gateway/src/domain/e4.ts', take('node:fs'), 'no-restricted-imports'],
  ['a domain imports a store', 'apps/validation/src/domain/e5.ts', take('../store/orders.js'), 'no-restricted-imports'],
  ['a stage domain imports X12', 'apps/validation/src/domain/e6.ts', take('@railhead/x12'), 'no-restricted-imports'],
  [
    'a domain asks the clock',
    'apps/validation/src/domain/e7.ts',
    'export const a = () => Date.now();',
    'no-restricted-properties',
  ],
  [
    'a domain throws dice',
    'apps/validation/src/domain/e8.ts',
    'export const a = () => Math.random();',
    'no-restricted-properties',
  ],
  [
    'an app reads the environment anywhere',
    'apps/billing/src/f1.ts',
    "export const a = process.env['A'];",
    'no-process-env',
  ],
  [
    'a promise floats',
    'apps/billing/src/g1.ts',
    'const a = async () => {};\nexport const b = () => {\n  a();\n};',
    'no-floating-promises',
  ],
  [
    'a promise stands where a condition is meant',
    'apps/billing/src/g2.ts',
    'const a = async () => true;\nexport const b = () => {\n  if (a()) throw new Error();\n};',
    'no-misused-promises',
  ],
  [
    'files import each other in a circle',
    'apps/billing/src/h1.ts',
    "import { h2 } from './h2.js';\nexport const h1 = () => h2;",
    'no-cycle',
  ],
  ['something is any', 'apps/billing/src/i1.ts', 'export const a = (b: any) => b;', 'no-explicit-any'],
  ['a library prints', 'libs/bus/src/j1.ts', "console.log('x');", 'no-console'],
];

/** [what it is about, file, source] */
const allowed = [
  ['core imports core', 'libs/contracts/src/k1.ts', take('@railhead/money')],
  [
    'a kit imports kits, core and what it wraps',
    'libs/service-kit/src/k2.ts',
    take('@railhead/bus', '@railhead/contracts', '@nestjs/common', 'pg'),
  ],
  [
    'an edge imports X12 and kits',
    'apps/edi-connector/src/k3.ts',
    take('@railhead/x12', '@railhead/service-kit', '@railhead/connector-kit'),
  ],
  ['a stage imports kits and core', 'apps/billing/src/k4.ts', take('@railhead/service-kit', '@railhead/money')],
  [
    'a domain imports contracts and its neighbours',
    'apps/billing/src/domain/k5.ts',
    take('@railhead/contracts', './line.js'),
  ],
  [
    'a test of a domain imports the test kit',
    'apps/billing/src/domain/k6.test.ts',
    take('@railhead/testing', 'node:fs'),
  ],
  ['the hub imports apps', 'apps/hub/src/k7.ts', take('@railhead/billing', '@railhead/gateway')],
  ['the scenarios import apps', 'apps/scenarios/src/k8.test.ts', take('@railhead/billing')],
  ['a tool imports the hub and prints', 'tools/cli/src/k9.ts', `${take('@railhead/hub')}console.log(a0);`],
  ['config.ts reads the environment', 'apps/billing/src/config.ts', "export const a = process.env['A'];"],
  ['main.ts reads the environment', 'apps/billing/src/main.ts', "export const a = process.env['A'];"],
];

const circle = ['', 'apps/billing/src/h2.ts', "import { h1 } from './h1.js';\nexport const h2 = () => h1;"];

function take(...names) {
  return `${names.map((name, index) => `import * as a${index} from '${name}';`).join('\n')}\nexport default [${names.map((_, index) => `a${index}`).join(', ')}];\n`;
}

function takeType(name) {
  return `import type { A } from '${name}';\nexport type B = A;\n`;
}

describe('the lint guard', () => {
  let folder;
  let refused;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'railhead-lint-'));
    for (const file of ['.oxlintrc.json', 'tsconfig.base.json', 'tsconfig.check.json'])
      copyFileSync(join(root, file), join(folder, file));
    copyFileSync(join(root, 'tsconfig.check.json'), join(folder, 'tsconfig.json'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const [, file, source] of [...forbidden, ...allowed, circle]) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), source);
    }
    const oxlint = spawnSync(
      join(root, 'node_modules/.bin/oxlint'),
      ['--type-aware', '--format', 'json', 'apps', 'libs', 'tools'],
      { cwd: folder, encoding: 'utf8' },
    );
    refused = new Map();
    for (const { filename, code } of JSON.parse(oxlint.stdout).diagnostics)
      refused.set(filename, `${refused.get(filename) ?? ''}${code} `);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(forbidden)('refuses when %s', (_about, file, _source, rule) => {
    expect(refused.get(file) ?? 'nothing').toContain(`(${rule})`);
  });

  it.each(allowed)('lets through when %s', (_about, file) => {
    expect(refused.get(file)).toBeUndefined();
  });
});
