// A second reader, by other people and in another language, on files that nobody can read in two ways.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { components, readInterchanges, STANDARD_SCHEMAS } from '@railhead/x12';
import { PeerUnavailable, startStaedi } from './staedi.mjs';
import { toStaediSchema } from './staedi-schema.mjs';

const FIXTURES = join(import.meta.dirname, '../../libs/x12/fixtures/good');
const CLEAN = readdirSync(FIXTURES).filter((name) => name.includes('clean') || name === '850.two-lines.edi');

let peer;
let folder;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'staedi-'));
  peer = await startStaedi().catch((reason) => {
    if (!(reason instanceof PeerUnavailable)) throw reason;
    console.warn(`SKIPPED: nothing is compared with StAEDI: ${reason.message}`);
  });
}, 300_000);
afterAll(async () => {
  await peer?.stop();
  await rm(folder, { recursive: true, force: true });
});

const fileOf = async (text) => {
  const file = join(folder, 'document.edi');
  await writeFile(file, text, 'latin1');
  return file;
};

/** Ids and components of every segment between ST and SE, empty ones at the end left out. */
const contentOf = (segments) =>
  segments.map(([id, ...elements]) => {
    const filled = elements.map((parts) => (parts.join('') === '' ? [''] : parts));
    while (filled.length > 0 && filled.at(-1).join('') === '') filled.pop();
    return [id, ...filled];
  });

function ours(bytes) {
  const sets = [...readInterchanges(bytes)].filter(({ kind }) => kind === 'set');
  const valuesOf = (segment) =>
    Array.from({ length: segment.elementCount }, (_, n) => {
      const parts = [...components(segment, n + 1)];
      return parts.length === 0 ? [''] : parts;
    });
  return sets.flatMap((set) => set.segments.map((segment) => [segment.id, ...valuesOf(segment)]));
}

const isEnvelope = ([id]) => ['ISA', 'GS', 'GE', 'IEA'].includes(id);

describe('StAEDI', () => {
  it.each(CLEAN)('reads %s as we do', async (name) => {
    if (peer === undefined) return;
    await peer.schema();
    await peer.load(join(FIXTURES, name));
    const theirs = (await peer.segments()).filter((segment) => !isEnvelope(segment));
    expect(theirs.length).toBeGreaterThan(5);
    expect(contentOf(ours(readFileSync(join(FIXTURES, name))))).toEqual(contentOf(theirs));
  });

  const good = readFileSync(join(FIXTURES, '850.two-lines.edi'), 'latin1');
  it.each([
    ['nothing wrong', good, true],
    ['a thirteenth month', good.replace('20261102~\nCUR', '20261302~\nCUR'), false],
    ['no BEG', good.replace(/BEG.*\n/, '').replace('SE*18', 'SE*17'), false],
    ['a PO1 quantity that is a word', good.replace('*24*EA', '*many*EA'), false],
    ['a number of 23 characters', good.replace('4500017', '1'.repeat(23)), false],
    ['half a pair of ids', good.replace('*VP*LAMP-1', '*VP'), false],
    ['a segment of no set', good.replace('CUR*BY', 'QQQ*BY'), false],
    ['a wrong count in SE', good.replace('SE*18', 'SE*19'), false],
    ['a wrong IEA02', good.replace('IEA*1*000000071', 'IEA*1*000000072'), false],
  ])('held against our schema, finds %s as we do', async (_, text, isGood) => {
    if (peer === undefined) return;
    const schema = join(folder, '850.xml');
    await writeFile(schema, toStaediSchema(STANDARD_SCHEMAS.find('850', '004010')));
    await peer.schema(schema);
    await peer.load(await fileOf(text));
    const { sets, errors } = await peer.run();
    expect([sets, errors === 0]).toEqual([1, isGood]);
    const issues = [...readInterchanges(Buffer.from(text, 'latin1'))].flatMap((unit) => unit.issues ?? []);
    expect(issues.every(({ severity }) => severity === 'note')).toBe(isGood);
  });
});
