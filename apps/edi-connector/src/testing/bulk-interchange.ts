/** A long interchange of purchase orders, each 1.3 KB, as it would come over the wire. */
export interface Bulk {
  readonly control: number;
  /** GS06; default the number of the interchange. */
  readonly group?: number;
  readonly sender?: string;
  readonly orders: number;
  /** PO numbers are this and a number from 0. */
  readonly prefix: string;
  /** Changes the text of a set before it is written, e.g. to spoil one. */
  readonly change?: (text: string, n: number) => string;
  /** IEA02, where it is to be wrong. */
  readonly trailer?: number;
}

const LINES = 18;

/** What one order takes, about. */
export const ORDER_BYTES = 1_265;

/** Pieces of about 100 KB. */
export function* bulkInterchange({
  control,
  group = control,
  sender = 'ACMESTORES',
  orders,
  prefix,
  change = (text) => text,
  trailer,
}: Bulk): Generator<Buffer> {
  const isa13 = String(control).padStart(9, '0');
  const ids = `ZZ*${sender.padEnd(15)}*ZZ*${'RAILHEAD'.padEnd(15)}`;
  let text = `ISA*00*          *00*          *${ids}*260203*1015*U*00401*${isa13}*0*P*>~\nGS*PO*${sender}*RAILHEAD*20260203*1015*${group}*X*004010~\n`;
  for (let n = 0; n < orders; n += 1) {
    text += change(order(`${prefix}${n}`, n + 1), n);
    if (text.length < 100_000) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(`${text}GE*${orders}*${group}~\nIEA*1*${String(trailer ?? control).padStart(9, '0')}~\n`);
}

/** The same in one piece. */
export function bulkText(bulk: Bulk): string {
  return Buffer.concat([...bulkInterchange(bulk)]).toString();
}

function order(po: string, number: number): string {
  const st02 = String(number).padStart(4, '0');
  const segments = [
    `ST*850*${st02}`,
    `BEG*00*SA*${po}**20260203`,
    'CUR*BY*USD',
    'REF*DP*0042',
    'DTM*002*20260220',
    'N1*ST*Acme Distribution Center 7*92*0007',
    'N3*1 Main Street*Dock 4',
    'N4*New York*NY*10001*US',
    ...Array.from({ length: LINES }, (_, n) => lineOf(n + 1, number)),
    `CTT*${LINES}`,
  ];
  return [...segments, `SE*${segments.length + 1}*${st02}`].map((segment) => `${segment}~\n`).join('');
}

function lineOf(line: number, number: number): string {
  return `PO1*${line * 10}*${((number + line) % 90) + 1}*EA*12.50**VP*RH-${1000 + line}*IN*A-${77_000 + line}*UP*012345678905`;
}
