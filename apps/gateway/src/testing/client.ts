/** The first admin key of tests. */
export const ADMIN_KEY = `rk_admin.${'a'.repeat(43)}`;

export interface Answered {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

export interface Client {
  get(path: string): Promise<Answered>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answered>;
  send(method: string, path: string, body?: string, headers?: Record<string, string>): Promise<Answered>;
}

/** Talks to a gateway as somebody with a key, or without one. */
export function client(address: string, key?: string): Client {
  const send: Client['send'] = async (method, path, body, headers = {}) => {
    const response = await fetch(address + path, {
      method,
      headers: {
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, body: isJson ? (JSON.parse(text) as unknown) : text, headers: response.headers };
  };
  return {
    send,
    get: (path) => send('GET', path),
    post: (path, body, headers) => send('POST', path, JSON.stringify(body), headers),
  };
}

/** An order as a customer writes it: ten RH-1001 at 12.50 for ACME. Names only what the test is about. */
export function anIntake(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    purchaseOrderNumber: 'PO-100',
    issuedOn: '2026-02-03',
    currency: 'USD',
    buyer: { accountId: 'ACME', name: 'Acme Stores' },
    lines: [{ sku: 'RH-1001', quantity: '10', price: '12.50' }],
    ...change,
  };
}
