/** Places where a crash rig may end the process with SIGKILL. A closed list: the rig fails when one is never reached. */
export const CRASH_POINTS = [
  'runner.after-claim',
  'runner.after-handler',
  'runner.after-outbox',
  'runner.after-commit',
  'work.before-commit',
  'work.after-commit',
  'relay.before-publish',
  'relay.after-publish',
  'relay.after-delete',
  'parked.after-claim',
  'parked.after-handler',
  'parked.after-commit',
  'delivery.after-sending',
  'delivery.after-effect',
  'delivery.after-confirm',
] as const;
export type CrashPoint = (typeof CRASH_POINTS)[number];

const [armed, nth] = process.env['NODE_ENV'] === 'production' ? [] : (process.env['CRASH_AT'] ?? '').split(':');
let passes = 0;

/** Ends the process here when the rig asked for it (`CRASH_AT=<point>:<nth pass>`); costs one comparison otherwise. */
export function crashPoint(point: CrashPoint): void {
  if (point !== armed) return;
  passes += 1;
  if (passes >= Number(nth ?? 1)) process.kill(process.pid, 'SIGKILL');
}

export const GUARDS = ['inbox', 'bucket-lease', 'parking', 'signature', 'roles', 'erp-lookup'] as const;
export type Guard = (typeof GUARDS)[number];

const off = new Set(
  process.env['NODE_ENV'] === 'production' ? [] : (process.env['RAILHEAD_GUARDS_OFF'] ?? '').split(','),
);

/** Negative controls: a rig may switch a guard off to see itself go red. Never in production. */
export function guardIsOff(guard: Guard): boolean {
  return off.has(guard);
}
