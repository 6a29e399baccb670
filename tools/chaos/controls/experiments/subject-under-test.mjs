import { OrderCancelRequested } from '@railhead/contracts';
import { until } from '../rig.mjs';

export const SUBJECT = 'tools/chaos/controls/subject/main.mjs';

/** Waits until the subject's group has read all that was published. */
export async function readAll(rig, bus) {
  const topic = `${rig.prefix}${OrderCancelRequested.topic}`;
  const isRead = async () => (await bus.lag(`${rig.prefix}subject`, [topic])).every(({ lag }) => lag === 0n);
  await until(isRead, 'the subject to read everything');
}

/** What the subject did, in its order. */
export function effectsOf(db) {
  return db.query('SELECT key, number FROM effects ORDER BY effect_id');
}
