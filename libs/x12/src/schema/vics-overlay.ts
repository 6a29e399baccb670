import type { SchemaOverlay } from './overlay.js';

/**
 * What retailers who write `VICS` behind the release ask beyond the standard. Not part of `STANDARD_SCHEMAS`, as many who
 * write it do not keep it: put it on top for a partner who does.
 *
 * @example
 * const book = STANDARD_SCHEMAS.withOverlay(VICS_OVERLAY);
 */
export const VICS_OVERLAY: SchemaOverlay = {
  name: 'VICS',
  industry: 'VICS',
  sets: {
    '850': { mandatory: ['PO102', 'PO103', 'PO106', 'PO107'] },
    '860': { mandatory: ['POC08', 'POC09'] },
    '856': { mandatory: ['BSN05'], codes: { BSN05: ['0001', '0002', '0003', '0004', '0005'] } },
    '810': { mandatory: ['IT102', 'IT103', 'IT104', 'IT106', 'IT107'] },
  },
};
