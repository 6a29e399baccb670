import { z } from 'zod';
import type { Carrier, ReadMessage } from '../../carrier.js';
import { header, hmac, sameSignature } from '../signature.js';
import { NOT_TRACKING, scansFrom, unreadable } from '../scan-mapper.js';
import { trackStatusOf } from './aftership.codes.js';

const text = z.string().nullish();

const Checkpoint = z.object({
  checkpoint_time: text,
  tag: z.string(),
  subtag: text,
  message: text,
  city: text,
  state: text,
  country_region: text,
});

/** Unknown fields are allowed, missing ones are not. */
const Message = z.object({
  event: z.literal('tracking_update'),
  msg: z.object({
    tracking_number: z.string(),
    slug: text,
    signed_by: text,
    checkpoints: z.array(Checkpoint).max(1000),
  }),
});

const OtherEvent = z.object({ event: z.string().refine((name) => name !== 'tracking_update') });

export const aftershipCarrier: Carrier = {
  name: 'aftership',
  isAuthentic: (body, headers, secret) =>
    sameSignature(header(headers, 'aftership-hmac-sha256'), 'base64', hmac(secret, body)),
  read: (message) => {
    if (OtherEvent.safeParse(message).success) return NOT_TRACKING;
    const parsed = Message.safeParse(message);
    return parsed.success ? scansOf(parsed.data.msg) : unreadable(parsed.error);
  },
};

function scansOf(tracking: z.infer<typeof Message>['msg']): ReadMessage {
  return scansFrom(
    tracking.checkpoints.map((checkpoint, index) => ({
      at: `/msg/checkpoints/${index}`,
      trackingNumber: tracking.tracking_number,
      carrier: tracking.slug ?? 'aftership',
      status: trackStatusOf(checkpoint.tag, checkpoint.subtag),
      carrierCode: checkpoint.subtag ?? checkpoint.tag,
      description: checkpoint.message,
      occurredAt: checkpoint.checkpoint_time,
      city: checkpoint.city,
      subdivision: checkpoint.state,
      country: checkpoint.country_region,
      signedBy: tracking.signed_by,
    })),
  );
}
