/** What a run came to, for people. */
export function tableOf(result) {
  const rows = [
    ['messages committed', result.messages],
    ['lost', result.lost],
    ['duplicates after the inbox', result.duplicated],
    ['out of order per key', result.outOfOrder],
    ['nobody sent', result.unexpected],
    ['records in the topic', `${result.topicRecords}, ${result.topicDuplicates} of them again`],
    ['records delivered', `${result.delivered}, ${result.redeliveries} of them again and dropped by the inbox`],
    ['left over', `lag ${result.lag}, outbox ${result.outbox}, parked ${result.parked}`],
    ['all arrived, after the last commit', `${result.recoverySeconds} s`],
    ['took', `${result.seconds} s`],
  ];
  const kinds = Map.groupBy(result.events, ({ kind }) => kind);
  for (const [kind, events] of kinds) rows.push([kind, `${events.length} times`]);
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n');
}
