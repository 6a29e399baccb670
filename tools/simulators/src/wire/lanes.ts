/** Runs jobs in the order they came, so many at a time. */
export class Lanes {
  private readonly waiting: (() => void)[] = [];
  private running = 0;

  constructor(private readonly width: number) {}

  /** Jobs that wait or run. */
  get busy(): number {
    return this.waiting.length + this.running;
  }

  /** @returns what the job gives, once a lane was free for it. */
  async run<T>(job: () => Promise<T>): Promise<T> {
    if (this.running >= this.width) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running += 1;
    try {
      return await job();
    } finally {
      // A lane is handed on, not given back, so that nobody overtakes who waits.
      const next = this.waiting.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}
