import { visible } from '../x12/visible.js';

/** Takes text; a promise says when there is room for more. */
export type Write = (text: string) => unknown;

/** Where a command speaks: text for people, or one JSON value per line for machines. */
export class Output {
  constructor(
    readonly json: boolean,
    private readonly write: Write,
    private readonly writeAside: (text: string) => void,
  ) {}

  /** The result. For machines `value`, for people `text`. */
  result(value: unknown, text: string): void {
    void this.write(this.json ? `${JSON.stringify(value)}\n` : `${shown(text)}\n`);
  }

  /** What goes on meanwhile; machines do not get it on the result channel. */
  progress(text: string): void {
    if (!this.json) void this.write(`${shown(text)}\n`);
  }

  /** A part of a long result, as it is; to be awaited before the next. */
  async stream(text: string): Promise<void> {
    if (text !== '') await this.write(text);
  }

  /** A remark beside the result, for people, also where the result is for machines. */
  aside(text: string): void {
    this.writeAside(`${shown(text)}\n`);
  }

  /** A failure and what to do next. */
  failure(message: string, next: string, details?: unknown): void {
    if (this.json)
      void this.write(`${JSON.stringify({ error: message, next, ...(details === undefined ? {} : { details }) })}\n`);
    else this.writeAside(`${shown(message)}\n${shown(next)}\n`);
  }
}

/** Partners name orders, products and themselves: what a terminal would obey is shown, line by line. */
function shown(text: string): string {
  return text.split('\n').map(visible).join('\n');
}
