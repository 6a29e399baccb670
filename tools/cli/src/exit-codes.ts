/**
 * What a script can trust. 1 is an answer ("no"), 2 means that the question was never answered.
 */
export const EXIT = {
  ok: 0,
  /** Railhead answered no: refused, rejected, not settled in time. */
  failed: 1,
  /** The command was wrong, or Railhead could not be reached. */
  unusable: 2,
  /** There is no such order, message or file. */
  notFound: 3,
  /** The key is missing, unknown, revoked, or lacks the role. */
  denied: 4,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A command could not do what was asked. Says what to do next. */
export class CliFailure extends Error {
  override readonly name = 'CliFailure';

  constructor(
    readonly exit: ExitCode,
    message: string,
    /** What the reader can do now. */
    readonly next: string,
    /** What the machine reads with `--json`. */
    readonly details?: unknown,
  ) {
    super(message);
  }
}
