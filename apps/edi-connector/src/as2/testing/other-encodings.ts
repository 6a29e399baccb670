import { childrenOf, encodedOf, isTagged, readBer, type Node } from '../cms/asn1.js';

const END = Buffer.from([0, 0]);
const INDEFINITE = 0x80;
const CONSTRUCTED = 0x20;
const OCTET_STRING = 0x04;

/** The same value in BER as streaming senders write it: no structure says how long it is. */
export function withoutLengths(der: Buffer): Buffer {
  return rewritten(readBer(der));
}

function rewritten(node: Node): Buffer {
  const tag = encodedOf(node)[0] ?? 0;
  if (!node.idBlock.isConstructed) return isTagged(node, 0) ? inPieces(node) : encodedOf(node);
  return Buffer.concat([Buffer.from([tag, INDEFINITE]), ...childrenOf(node).map(rewritten), END]);
}

/** An implicitly tagged octet string (what is encrypted) in two pieces. */
function inPieces(node: Node): Buffer {
  const bytes = encodedOf(node).subarray(node.idBlock.blockLength + node.lenBlock.blockLength);
  const half = Math.floor(bytes.length / 2);
  const piece = (part: Buffer): Buffer => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(part.length);
    return Buffer.concat([Buffer.from([OCTET_STRING, 0x82]), length, part]);
  };
  const tag = (encodedOf(node)[0] ?? 0) | CONSTRUCTED;
  return Buffer.concat([
    Buffer.from([tag, INDEFINITE]),
    piece(bytes.subarray(0, half)),
    piece(bytes.subarray(half)),
    END,
  ]);
}
