import { codeTable } from '@railhead/connector-kit/code-table';
import type { TrackStatus } from '@railhead/contracts';

const TAG = codeTable<string, TrackStatus>({
  Pending: 'label_created',
  InfoReceived: 'label_created',
  InTransit: 'in_transit',
  OutForDelivery: 'out_for_delivery',
  AttemptFail: 'delivery_attempted',
  Delivered: 'delivered',
  AvailableForPickup: 'available_for_pickup',
  Exception: 'exception',
  Expired: 'exception',
});

/** Sub-statuses that say more than their tag. @see https://www.aftership.com/docs/tracking/enum/delivery-sub-statuses */
const SUBTAG = codeTable<string, TrackStatus>({
  InTransit_002: 'picked_up',
  Exception_004: 'delayed',
  Exception_005: 'delayed',
  Exception_010: 'returning',
  Exception_011: 'returned',
  Exception_013: 'lost',
});

/** Undefined: a tag that we have never seen. */
export function trackStatusOf(tag: string, subtag: string | null | undefined): TrackStatus | undefined {
  return TAG[tag] === undefined ? undefined : (SUBTAG[subtag ?? ''] ?? TAG[tag]);
}
