import { setImmediate as atOnce } from 'node:timers/promises';
import type { OffsetsByTopicPartition } from 'kafkajs';

type Commit = (offsets: OffsetsByTopicPartition) => Promise<void>;

interface Done {
  readonly topic: string;
  readonly partition: number;
  /** The next one to be read. */
  readonly offset: string;
}

/**
 * Commits in one request what is done in the same moment: batches of many partitions end together, in one transaction of
 * their reader, and a request for each would cost broker and client more than the reading.
 */
export class OffsetCommits {
  private done: Done[] = [];
  private running: Promise<void> | undefined;

  /** Resolves when the offset is committed, together with the others of this moment; rejects for all of them. */
  add(done: Done, commit: Commit): Promise<void> {
    this.done.push(done);
    return (this.running ??= this.run(commit));
  }

  private async run(commit: Commit): Promise<void> {
    await atOnce();
    const { done } = this;
    this.done = [];
    this.running = undefined;
    await commit({ topics: byTopic(done) });
  }
}

function byTopic(done: readonly Done[]): OffsetsByTopicPartition['topics'] {
  const topics = Map.groupBy(done, ({ topic }) => topic);
  return [...topics].map(([topic, partitions]) => ({
    topic,
    partitions: partitions.map(({ partition, offset }) => ({ partition, offset })),
  }));
}
