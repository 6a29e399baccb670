import { OrderRejected } from '@railhead/contracts';
import { announce, Outbox, systemClock, Work } from '@railhead/service-kit';
import { faultsOf, judge } from '../sequences.mjs';
import { until } from '../rig.mjs';
import { readTopic } from '../topic-reader.mjs';
import { keysOf, wishCodec } from '../wishes.mjs';
import { SUBJECT } from './subject-under-test.mjs';

const KEYS = 50;
const EACH = 40;
/** A round of a relay is 500 rows and both look every 250 ms: while the first is at its second round, the other wakes up. */
const PUBLISH_PAUSE_MS = '200';

/**
 * Two processes of one service, and nothing fails. The lease is for economy: without it order and effects still hold (the
 * inbox drops the rest), but everything is published by each of them.
 */
export const bucketLease = {
  guard: 'bucket-lease',
  needsKafka: true,
  async run(rig) {
    const keys = keysOf(rig.seed, KEYS);
    const start = (name) => rig.start(name, SUBJECT, { PUBLISH_PAUSE_MS });
    const two = await Promise.all([start('subject-1'), start('subject-2')]);
    await Promise.all(two.map((subject) => subject.ready()));

    const db = rig.database('subject');
    const codec = await wishCodec(rig.prefix, [OrderRejected]);
    const work = new Work(db, new Outbox('subject', codec, await rig.bus(), systemClock, () => {}));
    await work.run(async (_tx, say) => say(...announcements(keys)));
    await until(async () => (await db.query('SELECT 1 FROM outbox LIMIT 1')).length === 0, 'the relays to publish all');
    await Promise.all(two.map((subject) => subject.stop())); // each finishes the round it is at

    const found = judge(await readTopic(rig.brokers, `${rig.prefix}orders`), new Map(keys.map((key) => [key, EACH])));
    const faults = [
      ...(found.again > 0 ? [`${found.again} of ${found.messages} published twice though nothing failed`] : []),
      ...faultsOf(found, ['again']),
    ];
    return { faults, said: `${found.messages} of ${found.messages} published once by two relays` };
  },
};

function announcements(keys) {
  return keys.flatMap((key) =>
    Array.from({ length: EACH }, () =>
      announce(OrderRejected, key, { orderId: key, reasons: [], withdrawn: true }, { correlationId: key }),
    ),
  );
}
