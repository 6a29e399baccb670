/** The days that an order, or a part of a line, may name: to be there, and to leave. */
export const WANTED_DAYS = [
  'requestedFrom',
  'requestedTo',
  'requestedDespatchOn',
  'despatchFrom',
  'despatchTo',
] as const;

/** The same without any day. */
export function withoutDays<T extends object>(wanted: T): Omit<T, (typeof WANTED_DAYS)[number]> {
  const days: readonly string[] = WANTED_DAYS;
  return Object.fromEntries(Object.entries(wanted).filter(([field]) => !days.includes(field))) as T;
}
