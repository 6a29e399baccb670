/** What time it is. Handed in, so that decisions and tests do not depend on the wall clock. */
export abstract class Clock {
  abstract now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
