import { expect, it } from '@jest/globals';
import type { Clock, ServiceContext, ServiceMetrics, Work } from '@railhead/service-kit';
import { REFERENCE_KINDS } from '../domain/reference-kind.js';
import type { ImportStore } from '../store/import.store.js';
import { ReferenceImporter } from './reference-importer.js';

const ROWS = 200_000;

/** A database that knows nothing yet and keeps everything. */
const store = {
  claim: async () => true,
  known: async () => new Map(),
  savePublished: async () => {},
  saveIssues: async () => {},
  saveCounts: async () => {},
} as unknown as ImportStore;

it(`a file of ${ROWS} rows is published row by row`, async () => {
  let said = 0;
  const work = {
    run: (act: (tx: unknown, say: (...all: unknown[]) => void) => Promise<unknown>) =>
      act(undefined, (...all) => void (said += all.length)),
  } as unknown as Work;
  const clock = { now: () => new Date('2026-02-03T10:00:00Z') } as Clock;
  const log = { info: () => {}, warn: () => {} };
  const metrics = { received: () => {} } as unknown as ServiceMetrics;
  const importer = new ReferenceImporter(work, store, clock, { log } as unknown as ServiceContext, metrics);
  const rows = Array.from({ length: ROWS }, (_, index) => `S${index},MAIN,1`);
  const bytes = Buffer.from(['sku,warehouse,on_hand', ...rows].join('\n'));
  const stock = REFERENCE_KINDS.find((kind) => kind.name === 'stock')!;
  await importer.take(stock, { name: 'stock.csv', bytes, writtenAt: clock.now() });
  expect(said).toBe(ROWS);
});
