import type { GatewayClient } from '../connection/gateway-client.js';
import { poNumbersIn } from './fresh-interchange.js';
import { poNumberOf } from './fresh-order.js';

export interface SendIssue {
  readonly at: string;
  readonly message: string;
}

/** What came of sending a document. */
export interface Sent {
  readonly accepted: boolean;
  readonly duplicate: boolean;
  /** Also of what is refused: the document itself can be looked at. */
  readonly isKept: boolean;
  readonly poNumbers: readonly string[];
  readonly message: string;
  /** The kind of refusal, e.g. `UNKNOWN_PARTNER`; empty: none is named. */
  readonly error: string;
  readonly issues: readonly SendIssue[];
  /** The answer as it came. */
  readonly answer: unknown;
}

/** Sends an X12 interchange to the EDI door, for a partner by name or the one that the ISA names. */
export async function sendInterchange(gateway: GatewayClient, bytes: Buffer, partner?: string): Promise<Sent> {
  const { internalToken, key } = gateway.connection;
  const token = internalToken ?? key;
  const path = partner === undefined ? '/edi' : `/edi/${encodeURIComponent(partner)}`;
  const headers = {
    'content-type': 'application/edi-x12',
    accept: 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  const { status, body } = await gateway.send(path, bytes, headers);
  return sentOf(status, body, poNumbersIn(bytes));
}

/** Sends a JSON order. */
export async function sendOrder(gateway: GatewayClient, bytes: Buffer): Promise<Sent> {
  const poNumber = poNumberOf(bytes);
  const { status, body } = await gateway.send('/v1/orders', bytes, { 'content-type': 'application/json' });
  return sentOf(status, body, poNumber === undefined ? [] : [poNumber]);
}

function sentOf(status: number, body: unknown, poNumbers: readonly string[]): Sent {
  const answer = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const issues = issuesIn(answer);
  return {
    accepted: status < 300 && answer['accepted'] !== false,
    duplicate: answer['duplicate'] === true,
    isKept: typeof answer['documentId'] === 'string',
    poNumbers,
    message: typeof answer['message'] === 'string' ? answer['message'] : '',
    error: typeof answer['error'] === 'string' ? answer['error'] : '',
    issues,
    answer: body,
  };
}

function issuesIn(answer: Record<string, unknown>): SendIssue[] {
  const issues = Array.isArray(answer['issues']) ? (answer['issues'] as Record<string, unknown>[]) : [];
  return issues.map(({ at, message }) => ({ at: String(at ?? ''), message: String(message ?? '') }));
}
