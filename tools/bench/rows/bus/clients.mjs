// Starts bus contestants, each on a topic of its own, and measures them.
import { openKafkaBus } from '@railhead/bus';
import { startContestant } from '../../contestant.mjs';
import { metered } from '../measuring/metered.mjs';

const PARTITIONS = 4;

/** Clients of one broker; started once, measured many times. */
export class Clients {
  #running = new Map();

  /** @param {{ pid: number, brokers: string[] }} kafka */
  constructor(kafka) {
    this.kafka = kafka;
  }

  async start(name, file, batch) {
    const topic = `bench-${name}`;
    const { brokers } = this.kafka;
    const bus = await openKafkaBus({ brokers });
    await bus.ensureTopics([{ name: topic, partitions: PARTITIONS }]);
    await bus.close();
    this.#running.set(name, await startContestant(file, { brokers, topic, batch }));
  }

  /** Sends and receives so many messages without measuring. */
  async warmUp(name, count) {
    const contestant = this.#running.get(name);
    await contestant.ask('prepare', { count });
    await contestant.ask('run');
  }

  async measure(name, count) {
    const contestant = this.#running.get(name);
    await contestant.ask('prepare', { count });
    return metered({ node: contestant.pid, kafka: this.kafka.pid }, () => contestant.ask('run'));
  }

  async close() {
    await Promise.all([...this.#running.values()].map((contestant) => contestant.stop()));
  }
}
