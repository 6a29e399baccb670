// Where does an order stand? The gateway's answer against bare node:http with the same query.
import { HttpContest } from './measuring/http-contest.mjs';
import { opened } from './measuring/opened.mjs';
import { ownPostgres } from './measuring/own-servers.mjs';

/** More than the gateway remembers, so that whoever asks for one after the other always asks for the first time. */
const ORDERS = { long: 3_000, short: 1_200 };
/** Orders that people keep looking at. */
const WATCHED = 300;
const REQUESTS = { long: 6_000, short: 1_200 };
const SERVERS = { again: 'gateway', first: 'gateway', folded: 'folded', bare: 'bare' };

export const row = {
  id: 'status-read',
  title:
    'GET /v1/orders/{id} of a shipped and invoiced order: asked again, asked for the first time since a fact; bare node:http with the same query',
  goals: [
    {
      id: 'P15',
      what: 'status read CPU, nothing new since the last look: Railhead / bare http + same query',
      better: 'less',
      floor: 1.6,
      target: 1.3,
    },
  ],
  unit: 'requests',
  contestants: Object.keys(SERVERS),

  open: ({ say, short }) =>
    opened(async (later) => {
      const sizes = short ? 'short' : 'long';
      const postgres = await ownPostgres(later);
      const contest = await HttpContest.open(postgres, '../status-read/requests.mjs');
      later(() => contest.close());
      const databaseUrl = await postgres.freshDatabase('bench_status_read');
      const gateway = await contest.start('gateway', 'rows/status-read/railhead.mjs', { databaseUrl });
      const { orderIds } = await gateway.ask('tell', { count: ORDERS[sizes] });
      await contest.start('folded', 'rows/status-read/bare.mjs', { databaseUrl, folds: true });
      await contest.start('bare', 'rows/status-read/bare.mjs', { databaseUrl, folds: false });
      const watched = { count: WATCHED, options: { orderIds: orderIds.slice(0, WATCHED) } };
      const measure = async (name) => {
        if (name === 'again') await contest.ask('gateway', watched);
        const options = name === 'again' ? watched.options : { orderIds };
        return contest.measure(SERVERS[name], { count: REQUESTS[sizes], options });
      };
      for (const name of row.contestants) await measure(name);
      say('  all servers listen, warmed up');
      return measure;
    }),

  judge: ({ again, bare }) => [{ goal: 'P15', value: again.cpuMicros / bare.cpuMicros }],

  notes: ({ first, folded, bare }) => [
    `the first look since a fact costs ${(first.cpuMicros / bare.cpuMicros).toFixed(2)} times bare http, and ${(first.cpuMicros / folded.cpuMicros).toFixed(2)} times bare http that reads and folds the facts as well`,
  ],
};
