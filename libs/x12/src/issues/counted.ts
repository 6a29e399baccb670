/** `1 set`, `2 sets`. A count may be as somebody else wrote it: `0001 set`. */
export function many(count: number | string, what: string): string {
  return `${count} ${what}${/^\s*0*1\s*$/.test(String(count)) ? '' : 's'}`;
}
