import { pino } from 'pino';

/** One line is one fact: a short constant message, everything variable in fields. Never payloads, addresses or secrets. */
export type Log = pino.Logger;

/** A logger that writes JSON lines; the names of fields that may appear are those our own code gives. */
export function openLog(name: string, level: string): Log {
  return pino({
    name,
    level,
    serializers: { err: errorFields },
    redact: { paths: ['req.headers', '*.password', '*.token', '*.secret'], remove: true },
  });
}

/** What a log says of an error: never its other properties, a database error for one drags its whole connection along. */
function errorFields(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code, cause } = error as Error & { code?: unknown };
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === 'string' && { code }),
    stack: error.stack,
    ...(cause !== undefined && { cause: errorFields(cause) }),
  };
}
