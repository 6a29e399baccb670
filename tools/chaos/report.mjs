const SHOWN_PER_KIND = 8;
const ZEROES = ['lost', 'duplicated', 'outOfOrder', 'ledgerImbalances', 'unexpectedDead', 'acceptedThenLost'];

/** What one run came to, for people. */
export function print(title, result) {
  const { faults, events, hits = {}, fates, injected, connections } = result;
  const happened = Map.groupBy(events, ({ what }) => what);
  const count = (what) => happened.get(what)?.length ?? 0;
  console.log(`\n${title}: ${faults.length === 0 ? 'passed' : 'FAILED'}`);
  const rows = [
    ['seed', result.seed],
    ['orders sent', `${fates.sent} and ${fates.copiesSent} copies; ${fates.requestsSentAgain} requests again`],
    ['accepted', `${fates.accepted} = ${fates.captured} captured (${fates.rejected} rejected)`],
    ['refused at the door', `${fates.refused}, known duplicates ${fates.duplicates}`],
    [
      'faults',
      Object.entries(injected)
        .map(([kind, number]) => `${number} ${kind}`)
        .join(', ') || 'none',
    ],
    [
      'processes',
      `${count('killed')} killed, ${count('crash point')} at crash points, ${count('ended by itself')} ended by themselves`,
    ],
    [
      'connections hit',
      Object.entries(connections)
        .map(([name, hit]) => `${name} ${JSON.stringify(hit)}`)
        .join(', ') || 'none',
    ],
    ['poison', `${result.poison} records, ${result.deadLetters} dead letters`],
    ['records in topics', `${result.records}, ${result.twice} of them twice`],
    [
      'read during the run',
      `ledger ${result.ledgerReads} times, through a customer's eyes ${result.isolationReads} times`,
    ],
    ['at rest after', `${result.recoverySeconds} s`],
    ['memory of the rig', `${result.memoryMb} MB`],
    ...ZEROES.map((name) => [name, result[name]]),
    ['other faults', faults.length - ZEROES.reduce((sum, name) => sum + result[name], 0)],
  ];
  for (const [name, value] of rows) console.log(`  ${name.padEnd(20)} ${value}`);
  for (const [point, times] of Object.entries(hits)) console.log(`    ${point}: ${times} times`);
  for (const [kind, all] of Map.groupBy(faults, (fault) => fault.split(':')[0])) {
    for (const fault of all.slice(0, SHOWN_PER_KIND)) console.log(`  ✗ ${fault.slice(0, 600)}`);
    if (all.length > SHOWN_PER_KIND) console.log(`  … and ${all.length - SHOWN_PER_KIND} more of "${kind}"`);
  }
  if (faults.length > 0) console.log(`  logs, plan, records and books: ${result.home}`);
}

/** How often each crash point was hit; the names of those that never were. */
export function pointsTable(points, events) {
  const hits = points.map((point) => [point, events.filter((event) => event.point === point).length]);
  return { hits: Object.fromEntries(hits), never: hits.filter(([, count]) => count === 0).map(([point]) => point) };
}
