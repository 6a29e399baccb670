/** Where a command speaks: text for people, or one JSON value per line for machines. */
export class Output {
  constructor(
    readonly json: boolean,
    private readonly write: (text: string) => void,
    private readonly writeAside: (text: string) => void,
  ) {}

  /** The result. For machines `value`, for people `text`. */
  result(value: unknown, text: string): void {
    this.write(this.json ? `${JSON.stringify(value)}\n` : `${text}\n`);
  }

  /** What goes on meanwhile; machines do not get it on the result channel. */
  progress(text: string): void {
    if (!this.json) this.write(`${text}\n`);
  }

  /** A failure and what to do next. */
  failure(message: string, next: string, details?: unknown): void {
    if (this.json)
      this.write(`${JSON.stringify({ error: message, next, ...(details === undefined ? {} : { details }) })}\n`);
    else this.writeAside(`${message}\n${next}\n`);
  }
}
