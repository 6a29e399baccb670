import { derivedUuid, OrderCancelRequested } from '@railhead/contracts';
import { BuiltInSchemaIds, EventCodec } from '@railhead/service-kit';

/** Data of the `number`th wish about a key. */
export const wishOf = (key, number) => ({
  orderId: key,
  actor: { kind: 'system', id: 'rig' },
  reason: String(number),
});

/** Makes keys, the same for the same seed. */
export const keysOf = (seed, count) => Array.from({ length: count }, (_, n) => derivedUuid(`${seed}/${n}`));

/** A codec that can write wishes and `others`. */
export async function wishCodec(prefix, others = []) {
  const definitions = [OrderCancelRequested, ...others];
  const codec = new EventCodec(new BuiltInSchemaIds(definitions.map(({ avro }) => avro)), prefix);
  await codec.prepare(definitions);
  return codec;
}

/** A record as a service's outbox would have written it. */
export function recordOf(codec, definition, { key, number, source, data }) {
  const event = {
    id: derivedUuid(`${definition.type}/${key}/${number}`),
    type: definition.type,
    source,
    subject: key,
    time: new Date().toISOString(),
    correlationId: key,
    data,
  };
  return codec.encode(event, definition, { rh_seq: String(number) });
}

/** The wishes `from` to `to` about every key, number by number. */
export function wishes(codec, keys, from, to) {
  const numbers = Array.from({ length: to - from + 1 }, (_, n) => from + n);
  return numbers.flatMap((number) =>
    keys.map((key) =>
      recordOf(codec, OrderCancelRequested, { key, number, source: 'gateway', data: wishOf(key, number) }),
    ),
  );
}
