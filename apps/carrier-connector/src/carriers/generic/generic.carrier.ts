import { TRACK_STATUSES } from '@railhead/contracts';
import { z } from 'zod';
import type { Carrier } from '../../carrier.js';
import { header, hmac, sameSignature } from '../signature.js';
import { scansFrom, unreadable } from '../scan-mapper.js';

const text = z.string().nullish();

/** Our own format, for carriers that can be told what to send, and for the simulated one. */
const Message = z.object({
  trackingNumber: z.string(),
  carrier: text,
  events: z
    .array(
      z.object({
        status: z.string(),
        code: text,
        description: text,
        occurredAt: z.string(),
        city: text,
        subdivision: text,
        country: text,
        signedBy: text,
        expectedOn: text,
      }),
    )
    .min(1)
    .max(1000),
});

export const genericCarrier: Carrier = {
  name: 'generic',
  isAuthentic: (body, headers, secret) => {
    const given = /^sha256=(\S+)$/.exec(header(headers, 'x-railhead-signature') ?? '')?.[1];
    return sameSignature(given, 'hex', hmac(secret, body));
  },
  read: (message) => {
    const parsed = Message.safeParse(message);
    if (!parsed.success) return unreadable(parsed.error);
    const { trackingNumber, carrier, events } = parsed.data;
    return scansFrom(
      events.map((event, index) => ({
        ...event,
        at: `/events/${index}`,
        trackingNumber,
        carrier: carrier ?? 'generic',
        status: TRACK_STATUSES.find((status) => status === event.status),
        carrierCode: event.code ?? event.status,
      })),
    );
  },
};
