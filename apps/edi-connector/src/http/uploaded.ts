import { HttpException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

/** A sender that says nothing for so long has gone. */
const SILENCE_MS = 30_000;

/**
 * The bytes of a request as they come, read no faster than they are taken.
 *
 * @param bytesMax - A request that says it is longer is refused before any of it is read.
 * @throws HttpException 413, or 408 when the sender falls silent; an error of the connection when it is cut.
 */
export async function* uploaded(request: FastifyRequest, bytesMax: number): AsyncGenerator<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > bytesMax) throw tooLarge(bytesMax);
  const body = request.body as Readable | undefined;
  if (body === undefined || body === null) return;
  const chunks = body.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>;
  try {
    for (;;) {
      const { done, value } = await soon(chunks.next());
      if (done === true) return;
      yield value;
    }
  } finally {
    // Who sends on does not read yet: what is refused is passed over to its end, so that the answer arrives.
    void chunks.return?.().then(() => body.resume());
  }
}

/** What is answered to a document that is too large. */
export function tooLarge(bytesMax: number): HttpException {
  return new HttpException(
    { error: 'TOO_LARGE', message: `at most ${bytesMax} bytes are taken`, accepted: false, issues: [] },
    413,
  );
}

async function soon<T>(next: Promise<T>): Promise<T> {
  const timer = new AbortController();
  const silence = pause(SILENCE_MS, undefined, { signal: timer.signal }).then(() => {
    throw new HttpException('nothing came for 30 seconds', 408);
  });
  try {
    return await Promise.race([next, silence]);
  } finally {
    timer.abort();
    silence.catch(() => undefined);
  }
}
