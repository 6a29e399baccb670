export const FAILURE_CODES = [
  'CONTRACT_VIOLATION', // a message does not match its schema
  'PARTNER_REJECTED', // the outside system understood us and said no
  'PARTNER_UNAVAILABLE', // no answer, 5xx, connection refused
  'PARTNER_OUTCOME_UNKNOWN', // we sent a write and lost the answer: look it up, never assume
  'RATE_LIMITED', // the outside system asked us to slow down
  'CONFLICT', // somebody else changed the row first
  'SYSTEM_UNAVAILABLE', // our own database, bus or registry does not answer
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

export interface FailureOptions {
  readonly context?: Readonly<Record<string, string | number>>;
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

/**
 * Something could not be done. Whether to try again is decided where the failure is understood, not where it is caught.
 * A business "no" is not a failure: return it as a value and announce it as an event.
 */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly context: Readonly<Record<string, string | number>>;
  readonly retryAfterMs: number | undefined;

  private constructor(
    readonly code: FailureCode,
    message: string,
    readonly retryable: boolean,
    options: FailureOptions,
  ) {
    super(message, { cause: options.cause });
    this.context = options.context ?? {};
    this.retryAfterMs = options.retryAfterMs;
  }

  /** May succeed if tried again unchanged. */
  static transient(code: FailureCode, message: string, options: FailureOptions = {}): Failure {
    return new Failure(code, message, true, options);
  }

  /** Will fail the same way until a person or a deploy changes something. */
  static permanent(code: FailureCode, message: string, options: FailureOptions = {}): Failure {
    return new Failure(code, message, false, options);
  }
}

/** Connection trouble, shutdown, resources, serialisation: SQLSTATE classes 08, 53, 57 and 40. */
const PASSING_SQLSTATE = /^(08|53|57|40)/;
const PASSING_SYSTEM = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);

/** Whether an error says that our own database, bus or registry is away: then nothing is parked, all of it waits. */
export function isInfrastructure(error: unknown): boolean {
  if (error instanceof Failure) return error.code === 'SYSTEM_UNAVAILABLE';
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && (PASSING_SQLSTATE.test(code) || PASSING_SYSTEM.has(code))) return true;
  return /Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|Client has encountered a connection error/.test(
    error.message,
  );
}

/** Whether the database ended a statement because its time was over: one message may do that for ever, an outage does not. */
export function tookTooLong(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === '57014';
}

/** Whether all messages wait, since it is not one of them that is at fault. */
export function isOutage(error: unknown): boolean {
  return isInfrastructure(error) && !tookTooLong(error);
}
