const WINDOW = 50;
const FAILURES_MAX = 10; // a fifth of the window

/** Opens when more than a fifth of the last 50 messages failed: then the fault is not in the messages. */
export class Breaker {
  private readonly recent: boolean[] = [];
  private open = false;

  get isOpen(): boolean {
    return this.open;
  }

  succeeded(count: number): void {
    for (let n = 0; n < Math.min(count, WINDOW); n++) this.push(true);
  }

  /** Notes a failure; true when that opened the breaker. */
  failed(): boolean {
    this.push(false);
    this.open = this.recent.filter((ok) => !ok).length > FAILURES_MAX;
    return this.open;
  }

  close(): void {
    this.recent.length = 0;
    this.open = false;
  }

  private push(ok: boolean): void {
    this.recent.push(ok);
    if (this.recent.length > WINDOW) this.recent.shift();
  }
}
