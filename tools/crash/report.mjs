const SHOWN = 40;

/** What one run came to, for people. */
export function print(title, result) {
  const { orders, faults, records, twice, repeats, ledgerReads, restMs, events, hits = {} } = result;
  const happened = Map.groupBy(events, ({ what }) => what);
  const count = (what) => happened.get(what)?.length ?? 0;
  console.log(`\n${title}: ${faults.length === 0 ? 'passed' : 'FAILED'}`);
  console.log(
    `  ${orders} orders, ${records} records in topics (${twice} of them twice), ${repeats} requests sent again`,
  );
  console.log(
    `  ${count('killed')} kills, ${count('crash point')} crash points hit, ${count('ended by itself')} processes ended by themselves`,
  );
  for (const [point, times] of Object.entries(hits)) console.log(`    ${point}: ${times} times`);
  console.log(
    `  ledger read ${ledgerReads} times during the run; at rest ${(restMs / 1000).toFixed(1)} s after the last fault`,
  );
  if (faults.length === 0) console.log('  nothing lost, nothing twice, everything in order');
  for (const fault of faults.slice(0, SHOWN)) console.log(`  ✗ ${fault}`);
  if (faults.length > SHOWN) console.log(`  … and ${faults.length - SHOWN} more`);
}

/** How often each crash point was hit; the names of those that never were. */
export function pointsTable(points, events) {
  const hits = points.map((point) => [point, events.filter((event) => event.point === point).length]);
  return { hits: Object.fromEntries(hits), never: hits.filter(([, count]) => count === 0).map(([point]) => point) };
}
