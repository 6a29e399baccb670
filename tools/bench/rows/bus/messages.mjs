// What travels: an order's bytes and the headers that go with every event.
import { captures } from '../stage/captures.mjs';

/** Records with their keys spread over the partitions. */
export function messages(count, topic) {
  return captures(count).map(({ key, value, headers }) => ({ topic, key, value, headers }));
}
