import { controlKey } from './control-number.js';

/**
 * Control numbers that were used. Senders count upward, so nearly all of them are one run, of which only the ends are
 * kept: a group of a million sets takes no more memory than one of two.
 */
export class UsedControlNumbers {
  private first = 0;
  private last = -1;
  private readonly others = new Set<string>();

  /** Takes a number; false when it was taken before. Leading zeros do not count. */
  claim(controlNumber: string): boolean {
    const key = controlKey(controlNumber);
    const number = /^\d{1,15}$/.test(key) ? Number(key) : NaN;
    if ((this.first <= number && number <= this.last) || this.others.has(key)) return false;
    if (this.last < this.first && number >= 0) this.first = this.last = number;
    else if (number === this.last + 1) this.last = number;
    else this.others.add(key);
    return true;
  }
}
