import { faultsOf, judge } from '../sequences.mjs';
import { publish, until } from '../rig.mjs';
import { keysOf, wishCodec, wishes } from '../wishes.mjs';
import { effectsOf, readAll, SUBJECT } from './subject-under-test.mjs';

const KEYS = 4;
const EACH = 5;

/** The second message of one key fails for now. What follows it must wait behind it, and the other keys must not. */
export const parking = {
  guard: 'parking',
  needsKafka: true,
  async run(rig) {
    const keys = keysOf(rig.seed, KEYS);
    const [sick] = keys;
    const subject = await rig.start('subject', SUBJECT);
    await subject.ready();
    const db = rig.database('subject');
    await db.query('INSERT INTO refused VALUES ($1, 2)', [sick]);

    const bus = await rig.bus();
    await publish(bus, wishes(await wishCodec(rig.prefix), keys, 1, EACH));
    await readAll(rig, bus);
    await db.query('DELETE FROM refused');
    await until(
      async () => (await db.query('SELECT 1 FROM parked')).length === 0,
      'the parked messages to be taken up',
    );

    const found = judge(await effectsOf(db), new Map(keys.map((key) => [key, EACH])));
    return { faults: faultsOf(found), said: `${found.messages} of ${found.messages} in order, one of them held back` };
  },
};
