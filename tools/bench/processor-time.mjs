// CPU seconds from /proc: of a process, of a server with all its children, of the whole machine.
import { readdirSync, readFileSync } from 'node:fs';

const TICK_US = 10_000; // Linux counts CPU time in hundredths of a second

/** The fields of /proc/<pid>/stat after the name, which may hold blanks. */
function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
  } catch {
    return undefined;
  }
}

const PARENT = 1;
const OWN = [11, 12];
const REAPED = [13, 14];
const NOTHING = Array.from({ length: 15 }, () => 0);
const sum = (stat, fields) => fields.reduce((total, field) => total + stat[field], 0);

/** CPU of one process with its threads, in microseconds. */
export function cpuOf(pid) {
  const stat = statOf(pid);
  return stat === undefined ? 0 : sum(stat, OWN) * TICK_US;
}

/** CPU of a process and of its children, living and ended. */
export function cpuOfTree(pid) {
  const root = statOf(pid);
  if (root === undefined) return 0;
  let ticks = sum(root, [...OWN, ...REAPED]);
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(name) : undefined;
    if (stat?.[PARENT] === pid) ticks += sum(stat, OWN);
  }
  return ticks * TICK_US;
}

/** CPU of those children of a process whose command line matches, in microseconds. */
export function cpuOfChildren(pid, commandLine) {
  let ticks = 0;
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(name) : undefined;
    if (stat?.[PARENT] === pid && commandLine.test(commandLineOf(name))) ticks += sum(stat, OWN);
  }
  return ticks * TICK_US;
}

function commandLineOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** CPU of a process and of everything it started, directly or not, in microseconds. */
export function cpuOfDescendants(pid) {
  const stats = new Map();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(name) : undefined;
    if (stat !== undefined) stats.set(Number(name), stat);
  }
  const children = Map.groupBy(stats.keys(), (one) => stats.get(one)[PARENT]);
  const ticksOf = (one) =>
    sum(stats.get(one) ?? NOTHING, [...OWN, ...REAPED]) +
    (children.get(one) ?? []).reduce((ticks, child) => ticks + ticksOf(child), 0);
  return ticksOf(pid) * TICK_US;
}

/** CPU of the whole machine that was not idle. */
export function cpuOfMachine() {
  const [user, nice, system, , , irq, softirq, steal] = readFileSync('/proc/stat', 'utf8')
    .split('\n', 1)[0]
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return (user + nice + system + irq + softirq + steal) * TICK_US;
}

export function loadAverage() {
  return readFileSync('/proc/loadavg', 'utf8').split(' ', 1)[0];
}

/** Resident memory of a process in megabytes. */
export function residentMb(pid) {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
  } catch {
    return 0;
  }
}
