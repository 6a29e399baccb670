// X12 850 to issued invoice: Railhead on its embedded bus, Railhead on Kafka, and what is usually written instead.
import { writeFileSync } from 'node:fs';
import { PARTNERS, PRICE, PRODUCTS } from './documents.mjs';
import { optionsOf, USAGE } from './options.mjs';
import { describeRound, summaryOf, tableOf } from './report.mjs';
import { runRound } from './round.mjs';
import { startBroker, startPostgres } from './servers.mjs';

const SLOWER = 5; // the baseline gets a fifth of the orders: enough to be warm, and a round ends in a minute

const BOOKS = `
  SELECT (SELECT count(*) FROM billing.invoices) AS invoices, (SELECT count(DISTINCT order_id) FROM billing.invoices) AS orders,
         (SELECT count(*) FROM (SELECT 1 FROM billing.ledger GROUP BY entry_id HAVING sum(amount_minor) <> 0) AS off) AS imbalance`;
const BASELINE_BOOKS = `
  SELECT (SELECT count(*) FROM invoice) AS invoices, (SELECT count(DISTINCT "orderId") FROM invoice) AS orders,
         (SELECT coalesce(sum("amountMinor"), 0) FROM ledger_row) AS imbalance`;

function contestOf(name, options, { databaseUrl, prefix, brokers }) {
  const { orders, sets, partitions, concurrency, batch, everything, profile, statements } = options;
  const common = { databaseUrl, prefix, partitions, ...(name !== 'embedded' && { brokers }) };
  if (name === 'baseline') {
    // X12 names the sender, not the account: the baseline's customers are known by the former
    const reference = { accounts: PARTNERS.map(({ them }) => them.id), products: PRODUCTS, price: PRICE };
    return {
      file: 'baseline.mjs',
      settings: { ...common, ...reference, concurrency },
      orders: Math.ceil(orders / SLOWER),
      sets,
      verify: BASELINE_BOOKS,
      profile,
      statements,
    };
  }
  const env = batch === undefined ? {} : { BATCH_MAX: batch };
  return {
    file: 'railhead.mjs',
    settings: { ...common, everything, env },
    orders,
    sets,
    verify: BOOKS,
    profile,
    statements,
  };
}

async function main() {
  const options = optionsOf(process.argv.slice(2));
  if (options.help) return void process.stdout.write(USAGE);
  const postgres = await startPostgres({ statistics: options.statements });
  const needsBroker = options.only.some((name) => name !== 'embedded');
  const kafka = needsBroker ? await startBroker() : undefined;
  const rounds = [];
  try {
    for (let round = 1; round <= options.rounds; round++) {
      for (const name of options.only) {
        const database = `bench_${name}_${round}`;
        const databaseUrl = await postgres.freshDatabase(database);
        const contest = contestOf(name, options, { databaseUrl, prefix: `${database}-`, brokers: kafka?.brokers });
        const result = {
          name,
          round,
          ...(await runRound(contest, { postgres, kafka: name === 'embedded' ? undefined : kafka })),
        };
        rounds.push(result);
        process.stdout.write(describeRound(result));
        await postgres.dropDatabase(database);
      }
    }
  } finally {
    await kafka?.stop();
    await postgres.stop();
  }
  const summary = summaryOf(rounds);
  process.stdout.write(tableOf(summary));
  if (options.json !== undefined)
    writeFileSync(options.json, `${JSON.stringify({ options, summary, rounds }, null, 2)}\n`);
}

await main().catch((error) => {
  process.stderr.write(`${error?.stack ?? error}\n`);
  process.exitCode = 1;
});
