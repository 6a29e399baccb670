// Figures for people.

export function median(values) {
  const sorted = values.filter((value) => value !== undefined).sort((left, right) => left - right);
  if (sorted.length === 0) return undefined;
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const us = (value) => `${Math.round(value)} us`;

export function describeRound({
  name,
  round,
  ordersPerSecond,
  cpu,
  walBytesPerOrder,
  residentMb,
  latency,
  handlers,
  load,
  statements,
}) {
  const busiest = Object.entries(handlers)
    .slice(0, 6)
    .map(([what, cost]) => `${what} ${us(cost)}`);
  return [
    `${name}, round ${round}: ${Math.round(ordersPerSecond)} orders/s (load ${load}, ${cpu.foreignCores.toFixed(2)} cores of others)`,
    `  CPU per order: Node ${us(cpu.node)}, PostgreSQL ${us(cpu.postgres)}${cpu.kafka > 0 ? `, Kafka ${us(cpu.kafka)}` : ''}; WAL ${(walBytesPerOrder / 1024).toFixed(1)} KB`,
    `  captured to validated at half load: p50 ${latency.p50} ms, p99 ${latency.p99} ms; memory ${Math.round(residentMb.start)} to ${Math.round(residentMb.end)} MB`,
    ...(busiest.length > 0 ? [`  handlers, per order: ${busiest.join(', ')}`] : []),
    ...(statements ?? []).map(
      (one) =>
        `  ${String(one.ms).padStart(7)} ms ${String(one.calls).padStart(7)} calls ${String(one.rows).padStart(8)} rows ${String(one.wal).padStart(7)} KB WAL  ${one.query}`,
    ),
    '',
  ].join('\n');
}

/** Medians by contestant, and how they relate to the baseline of the same run. */
export function summaryOf(rounds) {
  const byName = Map.groupBy(rounds, ({ name }) => name);
  const medians = Object.fromEntries([...byName].map(([name, own]) => [name, mediansOf(own)]));
  const { baseline } = medians;
  for (const own of Object.values(medians)) {
    own.timesBaseline = baseline && own.ordersPerSecond / baseline.ordersPerSecond;
    own.cpuShareOfBaseline = baseline && own.cpu / baseline.cpu;
  }
  return medians;
}

function mediansOf(rounds) {
  const of = (pick) => median(rounds.map(pick));
  return {
    ordersPerSecond: of((one) => one.ordersPerSecond),
    node: of((one) => one.cpu.node),
    postgres: of((one) => one.cpu.postgres),
    kafka: of((one) => one.cpu.kafka),
    cpu: of((one) => one.cpu.node + one.cpu.postgres),
    walBytes: of((one) => one.walBytesPerOrder),
    p50: of((one) => one.latency.p50),
    p99: of((one) => one.latency.p99),
    residentMb: of((one) => one.residentMb.end),
    foreignCores: of((one) => one.cpu.foreignCores),
  };
}

export function tableOf(medians) {
  const head = [
    'median of rounds',
    'orders/s',
    'Node us',
    'PostgreSQL us',
    'Kafka us',
    'WAL KB',
    'p50 ms',
    'p99 ms',
    'MB',
    'x baseline',
    'CPU x less',
  ];
  const rows = Object.entries(medians).map(([name, own]) => [
    name,
    Math.round(own.ordersPerSecond),
    Math.round(own.node),
    Math.round(own.postgres),
    Math.round(own.kafka),
    (own.walBytes / 1024).toFixed(1),
    own.p50,
    own.p99,
    Math.round(own.residentMb),
    own.timesBaseline?.toFixed(1) ?? '-',
    own.cpuShareOfBaseline === undefined ? '-' : (1 / own.cpuShareOfBaseline).toFixed(1),
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => String(row[column]).length)));
  const line = (cells) =>
    cells
      .map((cell, column) => String(cell).padEnd(widths[column]))
      .join('  ')
      .trimEnd();
  return `\n${[head, ...rows].map(line).join('\n')}\n`;
}
