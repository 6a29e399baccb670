// The bench's answer for people: a line per contestant, then a line per goal.
import { inOrder } from './verdict.mjs';

/** Three significant digits, without an exponent. */
export function short(value) {
  if (value === undefined || value === null || !Number.isFinite(value)) return '-';
  const size = Math.abs(value);
  if (size >= 100) return String(Math.round(value));
  return value.toFixed(size >= 10 ? 1 : 2);
}

const withSpread = (value, spread) =>
  spread === undefined || !Number.isFinite(value) ? short(value) : `${short(value)} (${spread.map(short).join('..')})`;

/** Whom a contestant's ratios are to: one for all of the row, or each its own. */
export function peerOf(against, name) {
  const peer = typeof against === 'string' ? against : against[name];
  return peer === name ? undefined : peer;
}

/** A ratio to the peer, or nothing for the peer itself. */
export function timesPeer({ medians, against }, name, figure) {
  const peer = peerOf(against, name);
  return peer === undefined ? undefined : medians[name][figure] / medians[peer]?.[figure];
}

/** Lines the columns up. */
export function columns(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => String(cell).padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** A line per contestant: rate and CPU with spread, their parts, the ratio to the row's peer, and what others took. */
export function contestantLines(rows) {
  const head = [
    'row',
    'contestant',
    'per second',
    'CPU us',
    'Node',
    'PostgreSQL',
    'Kafka',
    'x rate',
    'x CPU',
    'others, cores',
  ];
  const lines = Object.entries(rows).flatMap(([id, row]) =>
    Object.entries(row.medians).map(([name, own]) => [
      id,
      name,
      withSpread(own.perSecond, row.spreads[name].perSecond),
      withSpread(own.cpuMicros, row.spreads[name].cpuMicros),
      short(own.cpu?.node),
      short(own.cpu?.postgres),
      short(own.cpu?.kafka),
      ratio(timesPeer(row, name, 'perSecond')),
      ratio(timesPeer(row, name, 'cpuMicros')),
      `${short(own.foreignCores)}${row.noisy ? ' NOISY' : ''}`,
    ]),
  );
  return columns([head, ...lines]);
}

const ratio = (value) => (value === undefined ? '' : short(value));

/** A line per goal. */
export function goalLines(rows) {
  const head = ['goal', 'what', 'floor', 'target', 'value', 'verdict', 'others, cores'];
  const lines = inOrder(goalsOf(rows)).map(
    ({ id, what, better, floor, target, value, unit = '', note, verdict, row }) => {
      const sign = better === 'less' ? '<=' : '>=';
      const others = Math.max(0, ...Object.values(rows[row].medians).map((one) => one.foreignCores ?? 0));
      const measured = value === undefined ? '-' : `${short(value)} ${unit}${note ? ` (${note})` : ''}`.trim();
      return [
        id,
        what,
        `${sign} ${floor}`,
        `${sign} ${target}`,
        measured,
        verdict,
        `${short(others)}${rows[row].noisy ? ' NOISY' : ''}`,
      ];
    },
  );
  return columns([head, ...lines]);
}

/** All goals of all rows. */
export function goalsOf(rows) {
  return Object.values(rows).flatMap(({ goals }) => goals);
}
