import { Failure } from '@railhead/service-kit';

/** Status codes of the protocol that we tell apart. */
export const NO_SUCH_FILE = 2;
const PERMISSION_DENIED = 3;

/** What went wrong at a partner's server, as the delivery worker understands it. */
export function sftpFailure(error: unknown, what: string): Failure {
  if (error instanceof Failure) return error;
  const { code, level, message = 'unknown trouble' } = error as { code?: unknown; level?: string; message?: string };
  const text = `${what}: ${message}`;
  if (level === 'client-authentication')
    return Failure.transient('PARTNER_UNAVAILABLE', `${what}: our key is not accepted`, { cause: error });
  if (code === PERMISSION_DENIED || code === NO_SUCH_FILE)
    return Failure.transient('PARTNER_UNAVAILABLE', `${text}; is the folder there, and may we write?`, {
      cause: error,
    });
  return Failure.transient('PARTNER_UNAVAILABLE', text, { cause: error });
}

/** True for an answer that there is no such file. */
export function isMissing(error: unknown): boolean {
  return (error as { code?: unknown } | undefined)?.code === NO_SUCH_FILE;
}

/** Ends a wait that takes too long, with what was being done. */
export async function inTime<T>(call: Promise<T>, ms: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(Failure.transient('PARTNER_UNAVAILABLE', `${what}: no answer within ${ms} ms`)),
      ms,
    );
  });
  return Promise.race([call, tooLate]).finally(() => clearTimeout(timer));
}
