import { codeTable } from '@railhead/connector-kit/code-table';
import type { TrackStatus } from '@railhead/contracts';

/** EasyPost's tracker statuses. `unknown` is a word of theirs, not a code that we miss. */
const STATUS = codeTable<string, TrackStatus>({
  unknown: 'unknown',
  pre_transit: 'label_created',
  in_transit: 'in_transit',
  out_for_delivery: 'out_for_delivery',
  delivered: 'delivered',
  available_for_pickup: 'available_for_pickup',
  return_to_sender: 'returning',
  failure: 'exception',
  cancelled: 'cancelled',
  error: 'exception',
});

/** Details that say more than the status they come with. None of them says `delivered`: only the status may. */
const DETAIL = codeTable<string, TrackStatus>({
  received_at_origin_facility: 'picked_up',
  delayed: 'delayed',
  weather_delay: 'delayed',
  delivery_exception: 'delivery_attempted',
  address_correction: 'exception',
  damaged: 'exception',
  held: 'exception',
  lost: 'lost',
  missorted: 'exception',
  refused: 'exception',
  transit_exception: 'exception',
});

/** Undefined: a status that we have never seen. */
export function trackStatusOf(status: string, detail: string | null | undefined): TrackStatus | undefined {
  const base = STATUS[status];
  if (base === undefined || base === 'delivered' || base === 'returning' || base === 'cancelled') return base;
  return DETAIL[detail ?? ''] ?? base;
}
