import { afterAll, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { optionsOf, usage } from '../options.mjs';
import { cpuOfDescendants } from '../processor-time.mjs';
import { ownTimes } from '../profiler.mjs';
import { ResultFile } from './result-file.mjs';
import { chosen, loadRows } from './rows.mjs';
import { contestantLines, goalLines } from './table.mjs';

const folder = mkdtempSync(join(tmpdir(), 'railhead-bench-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('takes names of rows as words or by --only, and says what there is when one is unknown', () => {
  const rows = [{ id: 'x12' }, { id: 'intake' }, { id: 'slow', onlyWhenNamed: true }];
  const ids = (...argv) => chosen(rows, optionsOf(argv)).map(({ id }) => id);
  expect(ids('x12')).toEqual(['x12']);
  expect(ids('--only', 'x12,slow')).toEqual(['x12', 'slow']);
  expect(ids()).toEqual(['x12', 'intake']);
  expect(ids('--everything')).toEqual(['x12', 'intake', 'slow']);
  expect(() => ids('x13')).toThrow('there is no row x13; there are x12, intake, slow');
});

it('refuses a number that is none', () => {
  expect(() => optionsOf(['--rounds', '0'])).toThrow('--rounds');
  expect(() => optionsOf(['--orders', 'many'])).toThrow('--orders');
  expect(optionsOf(['--short', '--rounds', '5']).rounds).toBe(1);
});

it('finds rows that keep the contract: every goal of the page once, and each judged by its row', async () => {
  const rows = await loadRows();
  expect(usage(rows)).toContain('end-to-end');
  for (const row of rows) {
    expect(row).toMatchObject({ id: expect.any(String), title: expect.any(String), open: expect.any(Function) });
    expect(row.contestants.length).toBeGreaterThan(0);
    for (const goal of row.goals) expect(goal.better).toMatch(/^(less|more)$/);
  }
  const named = rows.flatMap(({ id, goals }) => goals.map((goal) => `${id} ${goal.id}`));
  expect(new Set(named).size).toBe(named.length);
});

it('keeps rows of earlier runs in the file, and what a long row has so far', () => {
  const file = join(folder, 'bench.json');
  new ResultFile(file).add('x12', { goals: [] });
  const second = new ResultFile(file);
  second.keep('growth', { checkpoints: [1] });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    rows: { x12: {} },
    partial: { growth: { checkpoints: [1] } },
  });
  second.add('growth', { goals: [] });
  const { rows, partial, machine } = JSON.parse(readFileSync(file, 'utf8'));
  expect(Object.keys(rows)).toEqual(['x12', 'growth']);
  expect(partial).toEqual({});
  expect(machine.cores).toBeGreaterThan(0);
});

it('prints a line per contestant and per goal, with what others took beside it', () => {
  const goal = {
    id: 'P6',
    what: 'ours / theirs',
    better: 'less',
    floor: 1.6,
    target: 1.35,
    value: 2,
    verdict: 'MISSED',
    row: 'intake',
  };
  const medians = {
    ours: { perSecond: 10, cpuMicros: 40, foreignCores: 0.31 },
    theirs: { perSecond: 20, cpuMicros: 20, foreignCores: 0.1 },
  };
  const spreads = { ours: { perSecond: [9, 11], cpuMicros: [39, 41] }, theirs: {} };
  const rows = { intake: { medians, spreads, against: 'theirs', noisy: true, goals: [goal] } };
  expect(contestantLines(rows)).toMatch(/intake +ours +10\.0 \(9\.00\.\.11\.0\) +40\.0 .* 0\.50 +2\.00 +0\.31 NOISY/);
  const paired = { intake: { ...rows.intake, against: { ours: 'theirs' } } };
  expect(contestantLines(paired)).toBe(contestantLines(rows));
  expect(goalLines(rows)).toMatch(/P6 +ours \/ theirs +<= 1\.6 +<= 1\.35 +2\.00 +MISSED +0\.31 NOISY/);
});

it('counts the CPU of children, also after they ended', async () => {
  const before = cpuOfDescendants(process.pid);
  const child = spawn('sh', ['-c', 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done']);
  await once(child, 'exit');
  expect(cpuOfDescendants(process.pid) - before).toBeGreaterThan(50_000);
});

it('tells own time of a profile by function, without the idle time', () => {
  const node = (id, functionName, url = '', lineNumber = 0) => ({ id, callFrame: { functionName, url, lineNumber } });
  const nodes = [
    node(1, '(idle)'),
    node(2, 'read', 'file:///x/libs/bus/dist/log.js', 9),
    node(3, '', ''),
    node(4, 'read', 'file:///x/libs/bus/dist/log.js', 9),
  ];
  expect(ownTimes({ nodes, samples: [1, 2, 3, 4], timeDeltas: [900, 20, 50, 30] })).toEqual([
    { name: 'read libs/bus/dist/log.js:10', share: 0.5 },
    { name: '(native)', share: 0.5 },
  ]);
});
