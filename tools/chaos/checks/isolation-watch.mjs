import { setTimeout as pause } from 'node:timers/promises';

const EVERY_MS = 2_000;
const ANSWER_MS = 5_000;

/**
 * Looks again and again with the key of one customer at what the gateway shows: nothing of anybody else, neither in the list
 * nor by name, whatever is being killed just now.
 */
export class IsolationWatch {
  /** Reads that were answered. */
  reads = 0;
  bad = [];
  #stopped = new AbortController();

  /** @param {{ cluster: object, accountId: string, othersPo: () => string | undefined }} what */
  static async open({ cluster, accountId, othersPo }) {
    const made = await fetch(`${cluster.urlOf('gateway')}/v1/keys`, {
      method: 'POST',
      headers: { authorization: `Bearer ${cluster.credentials.adminKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'one customer', roles: ['partner'], accountId }),
    });
    const { key } = await made.json();
    return new IsolationWatch({ cluster, accountId, othersPo, key });
  }

  constructor(what) {
    this.what = what;
    this.running = this.#watch();
  }

  /** What is wrong with what was shown, in sentences. */
  static faultsOf({ accountId, listed, other }) {
    const foreign = listed.filter((order) => order.accountId !== accountId);
    return [
      ...foreign.map(
        (order) => `isolation: the list of ${accountId} shows ${order.purchaseOrderNumber} of ${order.accountId}`,
      ),
      ...(other?.status === 200 ? [`isolation: ${accountId} was shown ${other.po}, which is another's`] : []),
    ];
  }

  async #watch() {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      await this.#look().catch(() => {}); // the gateway may be away
      await pause(EVERY_MS, undefined, { signal }).catch(() => {});
    }
  }

  async #look() {
    const { accountId, othersPo } = this.what;
    const list = await this.#get('/v1/orders?limit=100');
    if (list.status !== 200) return;
    const po = othersPo();
    const other = po === undefined ? undefined : { po, status: (await this.#get(`/v1/orders/${po}`)).status };
    this.reads += 1;
    this.bad.push(...IsolationWatch.faultsOf({ accountId, listed: list.body.orders, other }));
  }

  async #get(path) {
    const { cluster, key } = this.what;
    const answer = await fetch(cluster.urlOf('gateway') + path, {
      headers: { authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    return { status: answer.status, body: await answer.json() };
  }

  async stop() {
    this.#stopped.abort();
    await this.running;
  }
}
