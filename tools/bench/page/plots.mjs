// Which pictures the figures give. A row that was not run gives none.
import { bars } from './bars.mjs';
import { lines } from './lines.mjs';

const NAMES = {
  embedded: 'Railhead, embedded bus',
  kafka: 'Railhead, Kafka',
  'embedded-sql': 'its SQL alone, embedded',
  'kafka-sql': 'its SQL alone, Kafka',
  baseline: 'Nest + TypeORM',
};
export const nameOf = (contestant) => NAMES[contestant] ?? contestant;

/** @returns {Record<string, string>} SVG texts by file name */
export function plotsOf({ rows }) {
  const made = {
    'throughput.svg': rows['end-to-end'] && throughput(rows['end-to-end'].medians),
    'cpu.svg': rows['end-to-end'] && cpu(rows['end-to-end'].medians),
    'latency.svg': rows['end-to-end'] && latency(rows['end-to-end'].medians),
    'by-stage.svg': rows['by-stage'] && byStage(rows['by-stage'].medians),
    'growth.svg': rows.growth && growth(rows.growth.medians.embedded.checkpoints),
    'memory.svg': rows.growth && memory(rows.growth.medians.embedded.checkpoints),
    'scale.svg': rows.scale && scale(rows.scale.medians),
    'ratios.svg': ratios(rows),
  };
  return Object.fromEntries(Object.entries(made).filter(([, svg]) => svg !== undefined));
}

const each = (medians, valuesOf) =>
  Object.entries(medians).map(([name, own]) => ({ name: nameOf(name), values: valuesOf(own) }));

function throughput(medians) {
  const { baseline } = medians;
  const others = Object.fromEntries(Object.entries(medians).filter(([name]) => name !== 'baseline'));
  if (baseline === undefined) return undefined;
  return bars({
    title: 'Orders per second, 850 to invoice, against Nest + TypeORM in the same run',
    unit: 'times the baseline',
    bars: [
      ...each(others, ({ perSecond }) => [perSecond / baseline.perSecond]),
      { name: nameOf('baseline'), values: [1] },
    ],
  });
}

function cpu(medians) {
  return bars({
    title: 'CPU per order, 850 to invoice',
    unit: 'microseconds of CPU per order',
    series: ['Node', 'PostgreSQL', 'Kafka'],
    bars: each(medians, ({ cpu: { node, postgres, kafka } }) => [node, postgres, kafka ?? 0]),
  });
}

const SHARES = [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99];

function latency(medians) {
  const series = Object.entries(medians)
    .filter(([, own]) => own.latency?.distribution !== undefined)
    .map(([name, own]) => {
      const waits = new Map(own.latency.distribution);
      return { name: nameOf(name), points: SHARES.map((share, index) => [index, waits.get(share) ?? 0]) };
    });
  if (series.length === 0) return undefined;
  return lines({
    title: 'Capture to validated, at half of the most that each can do',
    x: { unit: 'share of the orders', ticks: SHARES.map((share, at) => ({ at, name: `${share * 100} %` })) },
    y: { unit: 'milliseconds, at most' },
    lines: series,
  });
}

function byStage(medians) {
  const entries = Object.entries(medians).flatMap(([bus, { stages }]) =>
    Object.entries(stages).map(([stage, { node, postgres }]) => ({
      name: `${stage}, ${bus}`,
      values: [node, postgres],
    })),
  );
  return bars({
    title: 'CPU per order by stage, every service a process of its own',
    unit: 'microseconds of CPU per order',
    series: ['Node', 'PostgreSQL'],
    bars: entries,
  });
}

function growth(points) {
  const of = (name, pick) => ({ name, points: points.map((point) => [point.stored, pick(point)]) });
  return lines({
    title: 'CPU per order while orders pile up',
    x: { unit: 'orders stored' },
    y: { unit: 'microseconds per order' },
    lines: [of('Node', ({ cpu: { node } }) => node), of('PostgreSQL', ({ cpu: { postgres } }) => postgres)],
  });
}

function memory(points) {
  return lines({
    title: 'Resident memory of the process while orders pass through',
    x: { unit: 'orders passed' },
    y: { unit: 'MB' },
    lines: [{ name: 'MB', points: points.map(({ stored, residentMb }) => [stored, residentMb]) }],
  });
}

function scale(medians) {
  return bars({
    title: 'CPU per order by number of worker processes, on Kafka',
    unit: 'microseconds of CPU per order',
    series: ['Node', 'PostgreSQL'],
    bars: Object.entries(medians).map(
      ([
        name,
        {
          cpu: { node, postgres },
        },
      ]) => ({
        name: name === 'one' ? 'one worker' : `${name} workers`,
        values: [node, postgres],
      }),
    ),
  });
}

/** Each goal as a share of its floor: what is past 1 misses it. */
function ratios(rows) {
  const measured = Object.values(rows)
    .flatMap(({ goals }) => goals)
    .filter(({ value }) => Number.isFinite(value));
  if (measured.length === 0) return undefined;
  const numberOf = ({ id }) => Number(/\d+/.exec(id)[0]);
  measured.sort((left, right) => numberOf(left) - numberOf(right) || left.id.localeCompare(right.id));
  return bars({
    title: 'How much of its floor each goal uses up (beyond 1 it is missed)',
    unit: 'share of the floor',
    mark: 1,
    bars: measured.map(({ id, better, floor, value }) => ({
      name: id,
      values: [better === 'less' ? value / floor : floor / value],
    })),
  });
}
