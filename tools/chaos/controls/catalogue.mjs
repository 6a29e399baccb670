import { autoResolve } from './experiments/auto-resolve.mjs';
import { bucketLease } from './experiments/bucket-lease.mjs';
import { erpLookup } from './experiments/erp-lookup.mjs';
import { inbox } from './experiments/inbox.mjs';
import { parking } from './experiments/parking.mjs';
import { cursorRelay, skipLockedRelay, xidCursorRelay } from './experiments/relays.mjs';
import { roles } from './experiments/roles.mjs';
import { signature } from './experiments/signature.mjs';

/** Every guard and the experiment that proves it, by the name it has on the command line. */
export const CONTROLS = {
  inbox,
  parking,
  'bucket-lease': bucketLease,
  'auto-resolve': autoResolve,
  'skip-locked': skipLockedRelay,
  cursor: cursorRelay,
  'xid-cursor': xidCursorRelay,
  'erp-lookup': erpLookup,
  signature,
  roles,
};
