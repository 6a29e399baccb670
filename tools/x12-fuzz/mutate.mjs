const BYTES_MAX = 128 * 1024;

/** What means something to a reader, in places where it should not be. */
const TOKENS = [
  '~', '*', '>', '^', '|', '\n', '\r\n', '\r', '\0', '\x1a', '\x07', '\x85', ' ', '\u00a0', '\xef\xbb\xbf', '\xc2\xa0',
  'ISA', 'ISA*', 'ISA*00*', '~ISA*', 'GS*', 'GS*PO*A*B*20261102*0915*1*X*004010~', 'ST*850*1~', 'ST*', 'SE*', 'SE*1*1~', 'GE*1*1~',
  'IEA*1*1~', 'TA1*000000001*261102*0915*A*000~', 'BIN*999*', 'BIN*3*abc~', 'BIN*99999999999999*', 'BDS*ASC*5*', 'BDS*', 'SE*99999999999*',
  'PO1*', 'PO1****~', 'N1*ST~', 'HL*1**S~', 'SDQ*EA*92*', '*20261302', '*-', '*1e9', '*+1', '*1,000', '*999999999999999999',
].map((token) => Buffer.from(token, 'latin1')); // prettier-ignore

/** Each damages bytes in a way that files are damaged in, or that somebody with bad intent would think of. */
const DAMAGES = [
  // a piece is lost
  (bytes, { below }) => without(bytes, below(bytes.length + 1), 1 + below(40)),
  // the end is lost
  (bytes, { below }) => bytes.subarray(0, below(bytes.length + 1)),
  // the beginning is lost
  (bytes, { below }) => bytes.subarray(below(bytes.length + 1)),
  // something that means something stands where it should not
  (bytes, { below, oneOf }) => inserted(bytes, below(bytes.length + 1), oneOf(TOKENS)),
  (bytes, { below, oneOf }) => inserted(bytes, below(Math.min(bytes.length, 130) + 1), oneOf(TOKENS)),
  // noise
  (bytes, random) => inserted(bytes, random.below(bytes.length + 1), random.bytes(1 + random.below(24))),
  // one byte is another
  (bytes, { below }) => replaced(bytes, below(bytes.length + 1), below(256)),
  (bytes, { below }) => replaced(bytes, below(Math.min(bytes.length, 130) + 1), below(256)),
  // a piece comes twice, or a thousand times
  (bytes, { below }) => repeated(bytes, below(bytes.length + 1), 1 + below(200), 1 + below(3)),
  (bytes, { below }) => repeated(bytes, below(bytes.length + 1), 1 + below(12), 1 + below(4000)),
  // a delimiter is another, everywhere
  (bytes, { below, oneOf }) => swapped(bytes, oneOf([0x2a, 0x7e, 0x3e, 0x0a, 0x7c]), below(256)),
  // it was wrapped, or its case changed
  (bytes) => Buffer.from(bytes.toString('latin1').replace(/.{80}/g, '$&\r\n'), 'latin1'),
  (bytes, { below }) => lowered(bytes, below(bytes.length + 1), below(60)),
  // the rest of another file follows
  (bytes, { below, oneOf }, seeds) => {
    const other = oneOf(seeds);
    return Buffer.concat([bytes.subarray(0, below(bytes.length + 1)), other.subarray(below(other.length + 1))]);
  },
  (bytes, { oneOf }, seeds) => Buffer.concat([bytes, oneOf(seeds)]),
];

const MUTATIONS_MAX = 6;

/**
 * An input for the reader: a file with some damage, or noise.
 *
 * @param {readonly Buffer[]} seeds
 * @param {ReturnType<import('./random.mjs').randomFrom>} random
 */
export function makeInput(seeds, random) {
  const kind = random.below(20);
  if (kind === 0) return random.bytes(random.below(4096));
  if (kind === 1) return wordsOnly(random);
  let bytes = random.oneOf(seeds);
  for (let left = random.below(MUTATIONS_MAX + 1); left > 0; left--) {
    bytes = random.oneOf(DAMAGES)(bytes, random, seeds).subarray(0, BYTES_MAX);
  }
  return Buffer.from(bytes);
}

/** Nothing but what means something. */
function wordsOnly(random) {
  return Buffer.concat(Array.from({ length: 1 + random.below(400) }, () => random.oneOf(TOKENS)));
}

const without = (bytes, at, count) => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + count)]);
const inserted = (bytes, at, piece) => Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);

function replaced(bytes, at, byte) {
  const changed = Buffer.from(bytes);
  if (at < changed.length) changed[at] = byte;
  return changed;
}

function repeated(bytes, at, length, times) {
  const piece = bytes.subarray(at, at + length);
  return Buffer.concat([bytes.subarray(0, at), ...Array.from({ length: times }, () => piece), bytes.subarray(at)]);
}

function swapped(bytes, from, to) {
  return Buffer.from(bytes).map((byte) => (byte === from ? to : byte));
}

function lowered(bytes, at, count) {
  const text = bytes.toString('latin1');
  return Buffer.from(text.slice(0, at) + text.slice(at, at + count).toLowerCase() + text.slice(at + count), 'latin1');
}
