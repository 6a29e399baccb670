import { setTimeout as pause } from 'node:timers/promises';

const EVERY_MS = 100;
/** A read of a large ledger takes its time; watching must not become the load. */
const SHARE_OF_TIME = 0.1;

/** Reads the money again and again while the run goes on; every read must balance. */
export class LedgerWatch {
  reads = 0;
  bad = [];
  #stopped = false;

  constructor(tables) {
    this.running = this.#watch(tables);
  }

  /** What is wrong with one read, in sentences. */
  static faultsOf(money) {
    const found = [];
    if (money.total !== 0 || money.unbalanced > 0 || money.receivable !== money.open)
      found.push(`ledger: did not balance in a read during the run: ${JSON.stringify(money)}`);
    if (money.unshipped > 0) found.push(`ledger: ${money.unshipped} invoices for what had not been shipped`);
    return found;
  }

  async #watch(tables) {
    while (!this.#stopped) {
      const startedAt = performance.now();
      const money = await tables.money().catch(() => undefined);
      if (money !== undefined) {
        this.reads += 1;
        this.bad.push(...LedgerWatch.faultsOf(money));
      }
      await pause(Math.max(EVERY_MS, (performance.now() - startedAt) / SHARE_OF_TIME));
    }
  }

  async stop() {
    this.#stopped = true;
    await this.running;
  }
}
