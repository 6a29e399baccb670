import { afterEach, expect, it } from '@jest/globals';
import type { Pushing } from './testing/pushing.js';

let pushing: Pushing;
afterEach(() => pushing.stop());

it('the look-up switched off, the ERP holds orders twice: that it holds them once is the look-up’s doing', async () => {
  process.env['RAILHEAD_GUARDS_OFF'] = 'erp-lookup'; // read when the kit is loaded, so it is loaded after this
  const { Pushing: Unguarded } = await import('./testing/pushing.js');
  const faults = { createThenHang: 0.3, errorAfterCreate: 0.1, drop: 0.1 };
  pushing = await Unguarded.start({ seed: 26, faults }, { ERP_TIMEOUT_MS: '150' });
  await pushing.tell(100);
  await pushing.until(() => pushing.erp.book.all.length > pushing.erp.book.counts.size + 10, 'orders held twice');
  expect(pushing.erp.requests.filter(({ method }) => method === 'GET')).toEqual([]);
});
