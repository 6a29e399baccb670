// Publish and consume on one broker: the product's Kafka adapter against the client it stands on.
import { Clients } from './bus/clients.mjs';
import { opened } from './measuring/opened.mjs';
import { ownBroker } from './measuring/own-servers.mjs';

const BATCHES = [100, 500];
const MESSAGES = 30_000;
const WARM_UP = 6_000;
const SHORTER = 5;

export const row = {
  id: 'bus',
  title: 'publish and consume on Kafka: the adapter against bare kafkajs',
  goals: [],
  unit: 'messages',
  contestants: BATCHES.flatMap((batch) => [`railhead-${batch}`, `kafkajs-${batch}`]),

  open: ({ say, short }) =>
    opened(async (later) => {
      const clients = new Clients(await ownBroker(later));
      later(() => clients.close());
      for (const name of row.contestants) {
        const [who, batch] = name.split('-');
        await clients.start(name, `rows/bus/${who}.mjs`, Number(batch));
        await clients.warmUp(name, WARM_UP / (short ? SHORTER : 1));
      }
      say('  the broker and all clients run, warmed up');
      return (name) => clients.measure(name, MESSAGES / (short ? SHORTER : 1));
    }),

  judge: () => [],

  notes: (medians) =>
    BATCHES.map((batch) => {
      const [ours, theirs] = [medians[`railhead-${batch}`], medians[`kafkajs-${batch}`]];
      const rate = (ours.perSecond / theirs.perSecond).toFixed(2);
      return `batch ${batch}: ${rate} times the messages per second at ${(ours.cpuMicros / theirs.cpuMicros).toFixed(2)} times the CPU of bare kafkajs`;
    }),
};
