import { openKafkaBus } from '@railhead/bus';
import { Outbox, startService, systemClock } from '@railhead/service-kit';
import { setTimeout as pause } from 'node:timers/promises';
import { BusAround } from '../bus-around.mjs';
import { dice } from '../../random.mjs';
import { faultsOf, judge } from '../sequences.mjs';
import { senderService } from '../subject/subject.mjs';
import { until } from '../rig.mjs';
import { readTopic } from '../topic-reader.mjs';
import { keysOf, wishCodec } from '../wishes.mjs';
import { commitLate, writeAtOnce, writeBehind } from './outbox-traffic.mjs';
import { idCursor, skipLocked, xidCursor } from './relay-variants.mjs';

const KEYS = 200;
/** Enough for chance alone; the two moments made on purpose need none of them. */
const EVENTS = 8_000;
const EVENTS_SHORT = 400;
const PUBLISH_MS_MAX = 8;
/** The one answer of the broker that takes long. */
const SLOW_MS = 600;
/** How long a transaction stays open for a relay to run past it. */
const LATE_MS = 400;

/** The same writers, and the same slow broker, for the product's relay (guard on) and for another one in its place (off). */
function control(guard, what, { variant, instances }) {
  return {
    guard,
    needsKafka: true,
    async run(rig, { off }) {
      const found = await publishAll(rig, instances, off ? variant : undefined);
      return {
        faults: faultsOf(found),
        said: `${found.messages} of ${found.messages} published once and in order ${what}`,
      };
    },
  };
}

export const skipLockedRelay = control('relay: buckets, not SKIP LOCKED', 'by three relays', {
  variant: skipLocked,
  instances: 3,
});
export const cursorRelay = control('relay: delete after ack, not id > last', 'past late commits', {
  variant: idCursor,
  instances: 1,
});
export const xidCursorRelay = control('relay: id order, not (xid, id)', 'past late commits', {
  variant: xidCursor,
  instances: 1,
});

async function publishAll(rig, instances, variant) {
  const [slow, early, late, ...keys] = keysOf(rig.seed, KEYS + 3);
  const codec = await wishCodec(rig.prefix);
  const broker = await SlowBroker.open(rig, slow);
  await broker.bus.ensureTopics([{ name: `${rig.prefix}orders`, partitions: 4 }]);
  const relays = await startRelays(rig, broker, instances, variant);
  const db = rig.database('sender');
  const outbox = new Outbox('sender', codec, broker.bus, systemClock, () => {});

  await commitLate({ db, outbox, early, late, untilPublished: () => pause(LATE_MS) });
  await writeBehind({ db, outbox, key: slow, untilTaken: () => broker.slowTaken });
  const wanted = await writeAtOnce({ db, outbox, keys, events: rig.isShort ? EVENTS_SHORT : EVENTS, seed: rig.seed });
  wanted.set(slow, 2).set(early, 1).set(late, 2);
  await until(() => relays.areDone(db), 'the relays to publish all');
  await relays.stop();
  return judge(await readTopic(rig.brokers, `${rig.prefix}orders`), wanted);
}

/** A broker that answers after a few milliseconds, and once, for the first message about one key, after many. */
class SlowBroker {
  static async open(rig, slowKey) {
    const broker = new SlowBroker(rig, slowKey);
    broker.bus = await broker.connection(0);
    return broker;
  }

  constructor(rig, slowKey) {
    this.rig = rig;
    this.slowKey = slowKey;
    this.slowTaken = new Promise((resolve) => (this.taken = resolve));
  }

  /** A connection of its own, as every relay has. */
  async connection(n) {
    const inner = await openKafkaBus({ brokers: this.rig.brokers });
    const random = dice(this.rig.seed * 100 + n);
    const beforePublish = async (records) => {
      const isSlow = records.some(({ key, headers }) => key === this.slowKey && headers.rh_seq === '1');
      if (isSlow) this.taken();
      await pause(isSlow ? SLOW_MS : random.below(PUBLISH_MS_MAX));
    };
    return this.rig.closing(new BusAround(inner, { beforePublish }), (bus) => bus.close());
  }
}

/** Starts the product's relays, each in a service of its own, or as many of a variant on the tables of such a service. */
async function startRelays(rig, broker, instances, variant) {
  const env = { ...rig.env, LOG_LEVEL: 'silent' };
  const start = async (n, consume) =>
    startService(senderService, { env, bus: await broker.connection(n), listen: false, consume });
  const isEmpty = async (db) => (await db.query('SELECT 1 FROM outbox LIMIT 1')).length === 0;
  if (variant === undefined) {
    const services = [];
    for (let n = 1; n <= instances; n++) services.push(await start(n, true));
    return { areDone: isEmpty, stop: () => Promise.all(services.map((service) => service.stop())) };
  }
  const tables = await start(0, false);
  const relays = [];
  for (let n = 1; n <= instances; n++) relays.push(variant(rig.database('sender'), await broker.connection(n)));
  return {
    areDone: async (db) => relays.every(({ idle }) => idle) && (variant !== skipLocked || isEmpty(db)),
    stop: async () => {
      await Promise.all(relays.map((relay) => relay.stop()));
      await tables.stop();
    },
  };
}
