import { setTimeout as pause } from 'node:timers/promises';
import { publish } from '../rig.mjs';
import { faultsOf, judge } from '../sequences.mjs';
import { keysOf, wishCodec, wishes } from '../wishes.mjs';
import { effectsOf, readAll, SUBJECT } from './subject-under-test.mjs';

const KEYS = 5;
const EACH = 8;

/**
 * Every message comes twice, for both of the reasons there are: some stand in the topic twice, as after an acknowledgement
 * that was lost; and the process is killed after its commit, before the bus knows of it.
 */
export const inbox = {
  guard: 'inbox',
  needsKafka: true,
  async run(rig) {
    const keys = keysOf(rig.seed, KEYS);
    const codec = await wishCodec(rig.prefix);
    const bus = await rig.bus();
    const first = wishes(codec, keys, 1, EACH / 2);
    await publish(bus, first);
    await publish(bus, first.slice(-KEYS));

    const subject = await rig.start('subject', SUBJECT, { CRASH_AT: 'runner.after-commit:1' });
    const { signal } = await subject.ended;
    if (signal !== 'SIGKILL') throw new Error(`the subject did not reach its crash point; see ${subject.logFile}`);
    delete subject.env.CRASH_AT;
    subject.start();
    await publish(bus, wishes(codec, keys, EACH / 2 + 1, EACH));
    await readAll(rig, bus);
    await pause(200);

    const found = judge(await effectsOf(rig.database('subject')), new Map(keys.map((key) => [key, EACH])));
    return { faults: faultsOf(found), said: `${found.messages} of ${found.messages} took effect once and in order` };
  },
};
