import { registry } from '@railhead/service-kit';
import { Counter } from 'prom-client';

/** A code that no table knows was kept as `unknown`: somebody should add it to the carrier's table. */
export const unmappedCodes = new Counter({
  name: 'tracking_unmapped_code_total',
  help: 'Tracking codes of carriers that we could not translate.',
  labelNames: ['carrier', 'code'],
  registers: [registry],
});
