// The page as Markdown. Pure: the same figures give the same text.
import { timesPeer } from '../frame/table.mjs';
import { inOrder } from '../frame/verdict.mjs';
import { nameOf } from './plots.mjs';
import { HOW, RULES } from './rules.mjs';
import { figure } from './svg.mjs';

const tell = (value, unit = '') => (Number.isFinite(value) ? `${figure(value)} ${unit}`.trim() : '–');
const tableOf = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/**
 * @param {{ machine: object, rows: object }} result the bench's JSON
 * @param {{ source: string, plots: readonly string[] }} made where the figures lie, and which pictures there are
 */
export function pageText(result, { source, plots }) {
  const shows = (name, alt) => (plots.includes(name) ? `![${alt}](images/performance/${name})` : '');
  const { rows } = result;
  return [
    `<!-- Made by: node tools/bench/page.mjs ${source}. Do not edit. -->`,
    '# Performance',
    introOf(result, source),
    '## Goals',
    'A floor fails the bench; a target is the claim. Goals are ratios within one run wherever a peer or a limit can be run beside Railhead.',
    goalsOf(rows),
    shows('ratios.svg', 'Each goal as a share of its floor'),
    '## From an 850 to its invoice',
    endToEnd(rows),
    shows('throughput.svg', 'Throughput against the baseline'),
    shows('cpu.svg', 'CPU per order by part'),
    shows('latency.svg', 'Latency from capture to validation'),
    shows('by-stage.svg', 'CPU per order by stage'),
    growthOf(rows),
    shows('growth.svg', 'CPU per order by orders stored'),
    shows('memory.svg', 'Memory by orders passed'),
    scaleOf(rows),
    shows('scale.svg', 'CPU per order by number of workers'),
    recoveryOf(rows),
    partsOf(rows),
    RULES,
    HOW,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function introOf({ machine: { processor, cores, memoryGb, kernel, node }, rows }, source) {
  const days = [...new Set(Object.values(rows).map(({ at }) => at.slice(0, 10)))].sort();
  const commits = [...new Set(Object.values(rows).map(({ commit }) => commit))].sort();
  const noisy = Object.entries(rows).filter(([, row]) => row.noisy);
  const hasty = Object.entries(rows).filter(([, row]) => row.short);
  return [
    `Measured on ${days.join(' and ')}, commit ${commits.join(', ')}: ${cores} cores (${processor}), ${memoryGb} GB, Linux ${kernel}, Node ${node.replace(/^v/, '')}. All figures: [${source.split('/').at(-1)}](${source.replace(/^docs\//, '')}).`,
    noisy.length === 0
      ? 'No other process took more than a fifth of a core in any row.'
      : `Others took more than a fifth of a core while these rows ran, also when repeated: ${noisy.map(([id]) => id).join(', ')}.`,
    ...(hasty.length === 0
      ? []
      : [`**Run for seconds only (\`--short\`), so not to be quoted: ${hasty.map(([id]) => id).join(', ')}.**`]),
  ].join(' ');
}

function goalsOf(rows) {
  const goals = inOrder(Object.values(rows).flatMap((row) => row.goals));
  return tableOf(
    ['goal', 'what', 'floor', 'target', 'measured', 'verdict'],
    goals.map(({ id, what, better, floor, target, unit, value, note, verdict }) => {
      const sign = better === 'less' ? '≤' : '≥';
      return [
        id,
        what,
        `${sign} ${tell(floor, unit)}`,
        `${sign} ${tell(target, unit)}`,
        tell(value, unit) + (note ? ` (${note})` : ''),
        verdict === 'MISSED' ? '**missed**' : verdict,
      ];
    }),
  );
}

function endToEnd({ 'end-to-end': row }) {
  if (row === undefined) return '';
  const head = [
    '',
    'orders/s',
    'Node us',
    'PostgreSQL us',
    'Kafka us',
    'WAL KB',
    'p50 / p99 ms',
    'MB',
    '× baseline',
    'others, cores',
  ];
  const lines = Object.entries(row.medians).map(([name, own]) => [
    nameOf(name),
    tell(own.perSecond),
    tell(own.cpu.node),
    tell(own.cpu.postgres),
    own.cpu.kafka > 0 ? tell(own.cpu.kafka) : '–',
    tell(own.walBytes / 1024),
    own.latency ? `${tell(own.latency.p50)} / ${tell(own.latency.p99)}` : '–',
    tell(own.residentMb?.end),
    name === row.against ? '1' : tell(own.perSecond / row.medians[row.against]?.perSecond),
    tell(own.foreignCores),
  ]);
  const { parse } = row.medians.embedded ?? {};
  const unit = parse
    ? `\n\nOne \`JSON.parse\` of such an order (${figure(parse.bytes)} bytes) took ${figure(parse.micros)} us.`
    : '';
  const count = row.rounds.length === 1 ? 'one round' : `medians of ${row.rounds.length} rounds`;
  return `Per order, ${count}.\n\n${tableOf(head, lines)}${unit}`;
}

function growthOf({ growth, 'order-files': files }) {
  const parts = [
    growth && `Five stages, one process on the embedded bus.\n\n${checkpointsOf(growth)}`,
    files &&
      `The same with the gateway, whose order files are kept, and read by id in a quiet moment.\n\n${checkpointsOf(files)}`,
  ].filter((part) => part !== undefined);
  if (parts.length === 0) return '';
  return `## Growth and memory\n\nEvery order is really on its way from 850 to invoice; nothing is filled in behind its back.\n\n${parts.join('\n\n')}`;
}

function checkpointsOf(row) {
  const points = row.medians.embedded.checkpoints;
  const isRead = points.some(({ read }) => read !== undefined);
  const head = [
    'orders stored',
    'orders/s',
    'Node us',
    'PostgreSQL us',
    'of it upkeep',
    'WAL KB',
    'full pages',
    'MB',
    ...(isRead ? ['by id p50 / p99 ms'] : []),
    'database MB',
  ];
  const lines = points.map((point) => [
    figure(point.stored),
    tell(point.perSecond),
    tell(point.cpu.node),
    tell(point.cpu.postgres),
    tell(point.upkeepMicros),
    tell(point.walBytes / 1024),
    tell(point.fullPages),
    tell(point.residentMb),
    ...(isRead ? [`${tell(point.read.p50)} / ${tell(point.read.p99)}`] : []),
    tell(point.databaseMb),
  ]);
  return tableOf(head, lines);
}

function scaleOf({ scale }) {
  if (scale === undefined) return '';
  const lines = Object.entries(scale.medians).map(([name, own]) => [
    name,
    tell(own.perSecond),
    tell(own.cpu.node),
    tell(own.cpu.postgres),
    tell(own.cpu.kafka),
    tell(own.doorMicros),
  ]);
  const head = ['workers', 'orders/s', 'Node us', 'PostgreSQL us', 'Kafka us', 'of it the door'];
  return `## More workers\n\nWorkers hold all stages; the door and the simulated warehouse are a process of their own. On a machine whose cores are all busy with one worker a second one cannot add orders per second; what it must not do is make an order dearer.\n\n${tableOf(head, lines)}`;
}

function recoveryOf({ recovery }) {
  const own = recovery?.medians.kafka;
  if (own === undefined) return '';
  return `## After an outage\n\n${figure(own.backlog)} orders waited on Kafka while the stages were away. Back again, and with ${figure(own.intake)} orders a second still coming in, they were through after ${figure(own.drainSeconds)} s; at the most that the line did before (${figure(own.max)} orders/s) it would have been ${figure(own.idealSeconds)} s. Starting the process took ${figure(own.startSeconds)} s before that.`;
}

const SHOWN = new Set(['end-to-end', 'growth', 'order-files', 'scale', 'recovery', 'by-stage']);

const ratio = (value) => (value === undefined ? '' : tell(value));

/** The remaining rows look alike: a rate, CPU, and the ratio to the peer. */
function partsOf(rows) {
  const lines = Object.entries(rows)
    .filter(([id]) => !SHOWN.has(id))
    .flatMap(([id, row]) =>
      Object.entries(row.medians).map(([name, own]) => [
        id,
        name,
        tell(own.perSecond),
        tell(own.cpuMicros),
        ratio(timesPeer(row, name, 'perSecond')),
        ratio(timesPeer(row, name, 'cpuMicros')),
        tell(own.foreignCores) + (row.noisy ? ', noisy' : ''),
      ]),
    );
  if (lines.length === 0) return '';
  const head = ['row', 'contestant', 'per second', 'CPU us', '× rate', '× CPU', 'others, cores'];
  return `## The parts\n\nEach part beside its peer or its limit; ratios are to the contestant without one.\n\n${tableOf(head, lines)}`;
}
