import { Failure } from '@railhead/service-kit';
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { HeaderFields } from './mime/header-fields.js';

/** Less than the delivery worker waits for. */
const ANSWER_MS_MAX = 40_000;
const CONNECT_MS_MAX = 10_000;
/** A receipt is a few kilobytes; what is larger is not read. */
export const RECEIPT_BYTES_MAX = 1024 * 1024;
/** Nothing has left us when one of these happens. */
const NOT_REACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const NO_CONNECTION = 'ENETUNREACH';

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
    const response = await posted(url, headers, body);
    const answer = await readBounded(response);
    const status = response.statusCode ?? 0;
    if (status < 200 || status > 299) throw refusalOf(status);
    return { headers: headersOf(response), body: answer };
  } catch (error) {
    throw error instanceof Failure ? error : failureOf(error);
  }
}

/**
 * A connection for each post. Old servers fold the header lines of their receipts, which Node reads only with its lenient
 * parser; what that might misread ends with the connection.
 */
function posted(url: string, headers: HeaderList, body: Buffer): Promise<IncomingMessage> {
  const request = new URL(url).protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const posting = request(url, {
      method: 'POST',
      headers: { ...Object.fromEntries(headers), 'Content-Length': body.length },
      agent: false,
      insecureHTTPParser: true,
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    });
    posting.once('response', resolve).once('error', reject);
    posting.once('socket', (socket) => {
      const tooLate = Object.assign(new Error('no connection within 10 seconds'), { code: NO_CONNECTION });
      const timer = setTimeout(() => posting.destroy(tooLate), CONNECT_MS_MAX);
      const connected = (): void => clearTimeout(timer);
      socket.once('connect', connected).once('close', connected);
    });
    posting.end(body);
  });
}

async function readBounded(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > RECEIPT_BYTES_MAX)
      throw Failure.permanent('PARTNER_REJECTED', 'their answer is no receipt: it is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function headersOf({ headers }: IncomingMessage): HeaderFields {
  return new Map(
    Object.entries(headers).map(([name, value = '']) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}

function refusalOf(status: number): Failure {
  const message = `they answered with status ${status}${status === 401 ? ': the auth of the profile is not what they want' : ''}`;
  const isPassing = status >= 500 || status === 408 || status === 425 || status === 429;
  if (isPassing) return Failure.transient('PARTNER_UNAVAILABLE', message, { context: { status } });
  return Failure.permanent('PARTNER_REJECTED', message, { context: { status } });
}

function failureOf(error: unknown): Failure {
  const { code, syscall } = error as { code?: unknown; syscall?: unknown };
  if (syscall === 'connect' || (typeof code === 'string' && NOT_REACHED.has(code)))
    return Failure.transient('PARTNER_UNAVAILABLE', 'their AS2 server cannot be reached', { cause: error });
  const isUnreadable = typeof code === 'string' && code.startsWith('HPE_');
  const what = isUnreadable
    ? 'what their AS2 server answered is not HTTP that can be read'
    : 'their AS2 server did not answer';
  return Failure.transient('PARTNER_OUTCOME_UNKNOWN', what, { cause: error });
}
