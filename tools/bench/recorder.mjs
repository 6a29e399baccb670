// Writes down which transactions a process really runs, with their parameters, so that a bare loop can run them again.
import { writeFileSync } from 'node:fs';
import { serialize } from 'node:v8';
import pg from 'pg';

const OPENS = /^\s*begin\b/i;
const CLOSES = /^\s*commit\b/i;
const UNDOES = /^\s*rollback\s*$/i;
/** Of one session and one moment: locks, listening, settings. */
const PERSONAL = /pg_(try_)?advisory|^\s*(listen|unlisten|set|show)\b/i;

/**
 * `before`: how many transactions of the recording had ended when this one began.
 *
 * @typedef {{ lane: string, before: number, alone: boolean, statements: { name?: string, text: string, values?: unknown[], rows: number }[] }} Transaction
 */

export class Recorder {
  /** @type {Transaction[]} in the order in which they ended */
  #done = [];
  #warmUp = [];
  #open = new WeakMap();
  #isOn = false;

  get #ended() {
    return this.#warmUp.length + this.#done.length;
  }

  /** From now on every query of every pooled connection of this process passes by. */
  install() {
    const recorder = this;
    const { query } = pg.Client.prototype;
    pg.Client.prototype.query = function recorded(...args) {
      const statement = statementOf(args);
      if (!recorder.#isOn || statement === undefined) return query.apply(this, args);
      const before = recorder.#ended;
      const note = (result) => recorder.#note(this, { ...statement, before }, result);
      const callback = args.at(-1);
      if (typeof callback !== 'function')
        return query.apply(this, args).then((result) => {
          note(result);
          return result;
        });
      const withNote = (error, result) => {
        if (!error) note(result);
        callback(error, result);
      };
      return query.apply(this, [...args.slice(0, -1), withNote]);
    };
  }

  on() {
    this.#isOn = true;
  }

  /** What was written down so far is the warm-up. */
  mark() {
    this.#warmUp = this.#done;
    this.#done = [];
  }

  /** Ends the recording and writes it to `file`. */
  save(file) {
    this.#isOn = false;
    writeFileSync(file, serialize({ warmUp: this.#warmUp, measured: this.#done }));
    return { transactions: this.#done.length };
  }

  #note(client, { before, ...statement }, result) {
    const open = this.#open.get(client);
    if (OPENS.test(statement.text)) this.#open.set(client, { before, statements: [] });
    else if (UNDOES.test(statement.text)) this.#open.delete(client);
    else if (CLOSES.test(statement.text)) this.#end(client, open);
    else if (PERSONAL.test(statement.text)) return;
    else {
      const noted = { ...statement, rows: result?.rowCount ?? 0 };
      if (open === undefined) this.#done.push({ lane: laneOf(client), before, alone: true, statements: [noted] });
      else open.statements.push(noted);
    }
  }

  #end(client, open) {
    this.#open.delete(client);
    if (open?.statements.length > 0) this.#done.push({ lane: laneOf(client), alone: false, ...open });
  }
}

/** What `Client.query` was asked, or undefined when it is none of the usual forms. */
function statementOf([first, second]) {
  if (typeof first === 'string') return { text: first, values: Array.isArray(second) ? second.map(copyOf) : undefined };
  if (typeof first?.text !== 'string' || typeof first.submit === 'function') return undefined;
  const values = first.values ?? (Array.isArray(second) ? second : undefined);
  return { name: first.name, text: first.text, values: values?.map(copyOf) };
}

/** A buffer may be used again by its owner. */
const copyOf = (value) => (Buffer.isBuffer(value) ? Buffer.from(value) : value);

/** Transactions of one schema were written by one service: they are replayed one after the other. */
function laneOf(client) {
  return /search_path=(\w+)/.exec(client.connectionParameters?.options ?? '')?.[1] ?? 'public';
}
