import { Failure } from '@railhead/service-kit';
import type { HeaderFields } from './mime/header-fields.js';

/** Less than the delivery worker waits for. */
const ANSWER_MS_MAX = 40_000;
/** A receipt is a few kilobytes; what is larger is not read. */
const ANSWER_BYTES_MAX = 1024 * 1024;
/** Nothing has left us when one of these happens. */
const NOT_REACHED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

export type HeaderList = readonly (readonly [name: string, value: string])[];

/** What an AS2 server answered; its status is a success. */
export interface As2Response {
  readonly headers: HeaderFields;
  readonly body: Buffer;
}

/**
 * Posts a message or a receipt. Follows no redirect.
 *
 * @throws Failure: PARTNER_UNAVAILABLE when they are away or say so (429, 5xx), PARTNER_OUTCOME_UNKNOWN when the answer was
 * lost, PARTNER_REJECTED for any other status.
 */
export async function postAs2(url: string, headers: HeaderList, body: Buffer): Promise<As2Response> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: Object.fromEntries(headers),
      body: new Uint8Array(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    });
    const answer = await readBounded(response);
    if (!response.ok) throw refusalOf(response.status);
    return { headers: new Map(response.headers), body: answer };
  } catch (error) {
    throw error instanceof Failure ? error : failureOf(error);
  }
}

async function readBounded({ body }: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > ANSWER_BYTES_MAX)
      throw Failure.permanent('PARTNER_REJECTED', 'their answer is no receipt: it is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refusalOf(status: number): Failure {
  const message = `they answered with status ${status}`;
  const isPassing = status >= 500 || status === 408 || status === 425 || status === 429;
  if (isPassing) return Failure.transient('PARTNER_UNAVAILABLE', message, { context: { status } });
  return Failure.permanent('PARTNER_REJECTED', message, { context: { status } });
}

function failureOf(error: unknown): Failure {
  const cause: unknown = error instanceof Error ? (error.cause ?? error) : error;
  const code = (cause as { code?: unknown } | undefined)?.code;
  if (typeof code === 'string' && NOT_REACHED.has(code))
    return Failure.transient('PARTNER_UNAVAILABLE', 'their AS2 server cannot be reached', { cause: error });
  return Failure.transient('PARTNER_OUTCOME_UNKNOWN', 'their AS2 server did not answer', { cause: error });
}
