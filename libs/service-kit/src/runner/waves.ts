/** What the runner needs to know of a message to put it into a wave. */
interface Placeable {
  readonly key: string;
  readonly type: string;
}

/** Messages of one type, each key at most once, to be handed to one handler call. */
export interface Wave<T> {
  readonly type: string;
  readonly members: T[];
}

/**
 * Splits a batch into waves, so that each wave is one type, holds each key at most once, and the waves one after the
 * other keep the order of every key. As few waves as a first fit gives.
 */
export function wavesOf<T extends Placeable>(messages: readonly T[]): Wave<T>[] {
  const waves: Wave<T>[] = [];
  const lastWave = new Map<string, number>();
  for (const message of messages) {
    let index = (lastWave.get(message.key) ?? -1) + 1;
    while (index < waves.length && waves[index]!.type !== message.type) index += 1;
    if (index === waves.length) waves.push({ type: message.type, members: [] });
    waves[index]!.members.push(message);
    lastWave.set(message.key, index);
  }
  return waves;
}
