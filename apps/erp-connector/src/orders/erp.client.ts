import { parseLosslessly } from '@railhead/connector-kit';
import type { ErpAnswer } from '../domain/erp-answer.js';
import { retryAfterMsOf } from '../domain/erp-answer.js';
import type { ErpTarget } from '../config.js';

const ANSWER_BYTES_MAX = 1_048_576;
/** The connection was never made: the ERP saw nothing of the request. */
const NOT_REACHED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Speaks to the ERP: addresses, headers, time limit. What an answer means is decided in `domain/erp-answer.ts`. */
export class ErpClient {
  constructor(private readonly target: ErpTarget) {}

  /** Asks the ERP to take a sales order. Never throws: no answer is an answer too. */
  createSalesOrder(body: Uint8Array, idempotencyKey: string): Promise<ErpAnswer> {
    return this.write('POST', 'sales-orders', body, idempotencyKey);
  }

  /** Asks the ERP to make a sales order that it holds what `body` says. Never throws. @param number - The ERP's own. */
  changeSalesOrder(number: string, body: Uint8Array, idempotencyKey: string): Promise<ErpAnswer> {
    return this.write('PUT', `sales-orders/${encodeURIComponent(number)}`, body, idempotencyKey);
  }

  /** Asks which sales orders carry an external reference. Never throws. */
  findSalesOrders(externalReference: string): Promise<ErpAnswer> {
    return this.call(`sales-orders?externalReference=${encodeURIComponent(externalReference)}`, { method: 'GET' });
  }

  private write(method: string, path: string, body: Uint8Array, idempotencyKey: string): Promise<ErpAnswer> {
    const headers = { 'content-type': 'application/json', 'idempotency-key': idempotencyKey };
    return this.call(path, { method, headers, body });
  }

  private async call(path: string, init: RequestInit): Promise<ErpAnswer> {
    const { url, token, timeoutMs } = this.target;
    const headers = { accept: 'application/json', ...(token && { authorization: `Bearer ${token}` }), ...init.headers };
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(`${url}/${path}`, { ...init, headers, signal, redirect: 'manual' });
      return {
        status: response.status,
        body: readable(await textOf(response)),
        retryAfterMs: retryAfterMsOf(response.headers.get('retry-after'), Date.now()),
      };
    } catch (error) {
      if (signal.aborted) return { status: undefined, reached: true, why: `no answer within ${timeoutMs} ms` };
      const code = codeOf(error);
      return { status: undefined, reached: !NOT_REACHED.has(code), why: `the connection broke: ${code}` };
    }
  }
}

/** @throws Error for an answer that is longer than any we expect. */
async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of response.body ?? []) {
    sizeBytes += chunk.length;
    if (sizeBytes > ANSWER_BYTES_MAX) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** JSON where it is JSON, else the text. */
function readable(text: string): unknown {
  try {
    return parseLosslessly(text);
  } catch {
    return text;
  }
}

/** fetch hides what happened in `cause`, and several addresses of one host in `errors` of that. */
function codeOf(error: unknown): string {
  const { cause, code, errors, message } = error as {
    cause?: unknown;
    code?: string;
    errors?: readonly unknown[];
    message?: string;
  };
  if (cause !== undefined) return codeOf(cause);
  return code ?? (errors?.[0] === undefined ? (message ?? 'unknown') : codeOf(errors[0]));
}
