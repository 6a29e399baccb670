import { z } from 'zod';
import type { Carrier, ReadMessage } from '../../carrier.js';
import { header, hmac, sameSignature } from '../signature.js';
import { NOT_TRACKING, scansFrom, unreadable } from '../scan-mapper.js';
import { trackStatusOf } from './easypost.codes.js';

const text = z.string().nullish();

const TrackingDetail = z.object({
  status: z.string(),
  status_detail: text,
  message: text,
  datetime: text,
  tracking_location: z.object({ city: text, state: text, country: text }).nullish(),
});

/** EasyPost's Event around a Tracker. Unknown fields are allowed, missing ones are not. */
const Message = z.object({
  description: z.string(),
  result: z.object({
    object: z.literal('Tracker').optional(),
    tracking_code: z.string(),
    carrier: text,
    signed_by: text,
    est_delivery_date: text,
    tracking_details: z.array(TrackingDetail).max(1000),
  }),
});

const OtherEvent = z.object({
  object: z.literal('Event'),
  description: z.string().refine((text) => !text.startsWith('tracker.')),
});

export const easypostCarrier: Carrier = {
  name: 'easypost',
  isAuthentic: (body, headers, secret) => {
    const given = /^hmac-sha256-hex=(\S+)$/.exec(header(headers, 'x-hmac-signature') ?? '')?.[1];
    return sameSignature(given, 'hex', hmac(secret.normalize('NFKD'), body));
  },
  read: (message) => {
    if (OtherEvent.safeParse(message).success) return NOT_TRACKING;
    const parsed = Message.safeParse(message);
    return parsed.success ? scansOf(parsed.data.result) : unreadable(parsed.error);
  },
};

function scansOf(tracker: z.infer<typeof Message>['result']): ReadMessage {
  return scansFrom(
    tracker.tracking_details.map((detail, index) => ({
      at: `/result/tracking_details/${index}`,
      trackingNumber: tracker.tracking_code,
      carrier: tracker.carrier ?? 'easypost',
      status: trackStatusOf(detail.status, detail.status_detail),
      carrierCode: [detail.status, detail.status_detail].filter((code) => code != null && code !== '').join('/'),
      description: detail.message,
      occurredAt: detail.datetime,
      city: detail.tracking_location?.city,
      subdivision: detail.tracking_location?.state,
      country: detail.tracking_location?.country,
      signedBy: tracker.signed_by,
      expectedOn: tracker.est_delivery_date,
    })),
  );
}
