/** Counts what arrived at the end of the line, and wakes whoever waits for a number of them. */
export class Counter {
  #seen = 0;
  #waiting = [];

  add(count = 1) {
    this.#seen += count;
    this.#waiting = this.#waiting.filter(({ number, resolve }) => {
      if (this.#seen < number) return true;
      resolve();
      return false;
    });
  }

  get seen() {
    return this.#seen;
  }

  reach(number) {
    if (this.#seen >= number) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ number, resolve }));
  }
}
