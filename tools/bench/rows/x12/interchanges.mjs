// 850s of about 1.5 KB, alone or many thousand in one interchange, made as they are asked for.
export const PARTNER = {
  name: 'bench-buyer',
  accountId: 'BUYER',
  them: { qualifier: 'ZZ', id: 'BENCHBUYER' },
  us: { qualifier: 'ZZ', id: 'RAILHEAD' },
};

const LINES = 18;
const SETS_IN_CHUNK = 40;
const DIGITS = 9;
const BLANK = '0'.repeat(DIGITS);

const text = (segments) => segments.map((segment) => `${segment}~\n`).join('');

function purchaseOrder() {
  const lines = Array.from({ length: LINES }, (_, index) => [
    `PO1*${index + 1}*${10 + index}*EA*${3 + index}.75**VP*SKU-${1000 + index}*UP*0123456${78900 + index}`,
    `PID*F****Widget of kind ${index + 1}`,
  ]);
  const segments = [
    `ST*850*${BLANK}`,
    `BEG*00*SA*PO-${BLANK}**20260203`,
    'CUR*BY*USD',
    'REF*DP*0042',
    'PER*BD*Mara Lindqvist*TE*2075550148',
    'DTM*002*20260220',
    'N1*ST*Distribution Center 7*92*0007',
    'N3*1 Main St',
    'N4*New York*NY*10001*US',
    ...lines.flat(),
    `CTT*${LINES}`,
  ];
  return text([...segments, `SE*${segments.length + 1}*${BLANK}`]);
}

const TEMPLATE = purchaseOrder();
const SET = Buffer.from(TEMPLATE);
/** Where a set says its number: in ST02, BEG03 and SE02. */
const NUMBERS = [...TEMPLATE.matchAll(new RegExp(`(?<=[*-])${BLANK}(?=[*~])`, 'g'))].map(({ index }) => index);

/** Sets numbered from `first` on. Bytes that are copied, no text that is put together: it is not what is measured. */
function sets(first, count) {
  const bytes = Buffer.allocUnsafe(count * SET.length);
  for (let index = 0; index < count; index++) {
    const number = String(first + index).padStart(DIGITS, '0');
    SET.copy(bytes, index * SET.length);
    for (const at of NUMBERS) bytes.write(number, index * SET.length + at, 'latin1');
  }
  return bytes;
}

const head = (control) =>
  Buffer.from(
    text([
      `ISA*00*          *00*          *ZZ*BENCHBUYER     *ZZ*RAILHEAD       *260203*1015*U*00401*${control}*0*P*>`,
      'GS*PO*BENCHBUYER*RAILHEAD*20260203*1015*1*X*004010',
    ]),
  );
const tail = (count, control) => Buffer.from(text([`GE*${count}*1`, `IEA*1*${control}`]));

/** One interchange of about so many bytes, in chunks of some 60 KB. */
export function* interchangeOf(bytes) {
  const control = '000000001';
  const count = Math.ceil(bytes / SET.length);
  yield head(control);
  for (let first = 1; first <= count; first += SETS_IN_CHUNK)
    yield sets(first, Math.min(SETS_IN_CHUNK, count - first + 1));
  yield tail(count, control);
}

/** An interchange of one order. */
export function singleOrder(number) {
  const control = String(number + 1).padStart(DIGITS, '0');
  return Buffer.concat([head(control), sets(number + 1, 1), tail(1, control)]);
}
