// One table: Railhead beside its peers and its limits, measured in the same run.
import { chosen, loadRows } from './frame/rows.mjs';
import { commit, ResultFile } from './frame/result-file.mjs';
import { runRow } from './frame/run-row.mjs';
import { contestantLines, goalLines, goalsOf } from './frame/table.mjs';
import { inOrder } from './frame/verdict.mjs';
import { optionsOf, usage } from './options.mjs';

const say = (text) => void process.stdout.write(`${text}\n`);

async function main() {
  const options = optionsOf(process.argv.slice(2));
  const rows = await loadRows();
  if (options.help) return say(usage(rows));
  const { rounds, repeats, short } = options;
  const file = new ResultFile(options.json);
  const results = {};
  for (const row of chosen(rows, options)) {
    say(`\n${row.id}: ${row.title}`);
    const keep = (figures) => file.keep(row.id, figures);
    try {
      const result = await runRow(row, { rounds, repeats, short, options, say, keep });
      results[row.id] = { commit: commit(), short, ...result };
      file.add(row.id, results[row.id]);
      for (const note of result.notes ?? []) say(`  ${note}`);
    } catch (error) {
      // one row that cannot run must not take the figures of the others with it
      say(`  FAILED: ${error?.stack ?? error}`);
      process.exitCode = 1;
    }
  }
  say(`\n${contestantLines(results)}\n\n${goalLines(results)}`);
  const missed = inOrder(goalsOf(results)).filter(({ verdict }) => verdict === 'MISSED');
  if (missed.length > 0) {
    say(`\n${missed.length} of ${goalsOf(results).length} floors missed: ${missed.map(({ id }) => id).join(', ')}`);
    process.exitCode = 1;
  }
}

await main().catch((error) => {
  process.stderr.write(`${error?.stack ?? error}\n`);
  process.exitCode = 1;
});
