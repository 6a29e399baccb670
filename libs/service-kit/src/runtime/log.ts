import { pino } from 'pino';

/** One line is one fact: a short constant message, everything variable in fields. Never payloads, addresses or secrets. */
export type Log = pino.Logger;

/** A logger that writes JSON lines; the names of fields that may appear are those our own code gives. */
export function openLog(name: string, level: string): Log {
  return pino({ name, level, redact: { paths: ['req.headers', '*.password', '*.token', '*.secret'], remove: true } });
}
