import { registry } from '@railhead/service-kit';
import { Counter } from 'prom-client';

/** A code that no table knows was kept as `unknown`: somebody should add it to the carrier's table. */
export const unmappedCodes = new Counter({
  name: 'tracking_unmapped_code_total',
  help: 'Tracking codes of carriers that we could not translate.',
  labelNames: ['carrier', 'code'],
  registers: [registry],
});

/** A carrier spoke of what was given to another: its setting or the carrier that the warehouse wrote is wrong. */
export const foreignScans = new Counter({
  name: 'tracking_foreign_scan_total',
  help: 'Scans that were left out: the shipment was not given to the carrier that told of it.',
  labelNames: ['carrier'],
  registers: [registry],
});
