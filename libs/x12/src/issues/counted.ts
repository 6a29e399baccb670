import { shown } from '../read/control-number.js';

/** `1 set is`, `2 sets are`. */
export function many(count: number, what: string): string {
  return count === 1 ? `1 ${what} is` : `${count} ${what}s are`;
}

/** A count as somebody else wrote it: `1 set`, `0002 sets`. */
export function stated(count: string, what: string): string {
  return `${shown(count)} ${what}${/^0*1$/.test(count.trim()) ? '' : 's'}`;
}
