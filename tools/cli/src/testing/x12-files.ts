import { join } from 'node:path';

const FIXTURES = join(import.meta.dirname, '../../../../libs/x12/fixtures');

/** The path of a fixture of the X12 library, e.g. `good/850.two-lines.edi`. */
export function x12File(name: string): string {
  return join(FIXTURES, name);
}

/** An 850 in the simplest envelope, one segment on a line: the segments are those between ST and SE. */
export function an850(...segments: string[]): string {
  const isa =
    'ISA*00*          *00*          *ZZ*BUYER          *ZZ*SELLER         *261102*0915*U*00401*000000012*0*P*>';
  const set = ['ST*850*0001', ...segments, `SE*${segments.length + 2}*0001`];
  return [isa, 'GS*PO*BUYER*SELLER*20261102*0915*12*X*004010', ...set, 'GE*1*12', 'IEA*1*000000012', ''].join('~\n');
}

/** About `bytes` bytes of good 850s in one group, made as they are read. */
export function* manyOrders(bytes: number): Generator<Buffer, void, undefined> {
  const [head = '', tail = ''] = an850().split(/ST\*850[^]*SE\*2\*0001~\n/);
  const lines = [
    'BEG*00*SA*4500017**20261102',
    ...Array.from({ length: 20 }, (_, n) => `PO1*${n + 1}*2*EA*3.75**VP*LAMP`),
  ];
  yield Buffer.from(head);
  let sets = 0;
  for (let written = 0; written < bytes;) {
    const number = String(++sets).padStart(9, '0');
    const set = [`ST*850*${number}`, ...lines, 'CTT*20', `SE*${lines.length + 3}*${number}`, ''].join('~\n');
    written += set.length;
    yield Buffer.from(set);
  }
  yield Buffer.from(tail.replace('GE*1*', `GE*${sets}*`));
}
