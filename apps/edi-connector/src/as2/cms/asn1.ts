import * as asn1 from 'asn1js';

/** Bytes that are no cryptographic message, or one that we do not read. Never told to a partner in these words. */
export class CmsFault extends Error {
  override readonly name = 'CmsFault';
}

/** A sender that streams cuts its content into pieces of 1000 bytes; so many make the largest message we take. */
const NODES_MAX = 100_000;
const DEPTH_MAX = 24;

export type Node = asn1.BaseBlock;

/** Reads BER; what follows the value, as a line end does, is not looked at. @throws CmsFault for anything else. */
export function readBer(bytes: Buffer): Node {
  const limits = { maxDepth: DEPTH_MAX, maxNodes: NODES_MAX, maxContentLength: bytes.length };
  const { offset, result } = asn1.fromBER(bytes, { ...limits, parseEmbedded: false, copyInput: false });
  if (offset === -1) throw new CmsFault(`not readable as ASN.1: ${result.error}`);
  return result;
}

/** The values in a constructed one. */
export function childrenOf(node: Node | undefined): readonly Node[] {
  const value: unknown = (node?.valueBlock as { value?: unknown } | undefined)?.value;
  if (!Array.isArray(value)) throw new CmsFault('a structure was expected');
  return value as Node[];
}

/** True for a value with the context tag `[number]`. */
export function isTagged(node: Node | undefined, number: number): boolean {
  return node?.idBlock.tagClass === 3 && node.idBlock.tagNumber === number;
}

/** The bytes of an octet string, also of one in pieces or behind an implicit tag. */
export function octetsOf(node: Node | undefined): Buffer {
  if (node === undefined) throw new CmsFault('an octet string was expected');
  if (!node.idBlock.isConstructed) return viewOf(node);
  return Buffer.concat(
    childrenOf(node)
      .filter((piece) => !(piece instanceof asn1.EndOfContent))
      .map(octetsOf),
  );
}

export function oidOf(node: Node | undefined): string {
  if (!(node instanceof asn1.ObjectIdentifier)) throw new CmsFault('an object identifier was expected');
  return node.valueBlock.toString();
}

/** The unsigned bytes of an integer, without leading zeros. */
export function integerBytesOf(node: Node | undefined): Buffer {
  if (!(node instanceof asn1.Integer)) throw new CmsFault('an integer was expected');
  return withoutLeadingZeros(viewOf(node));
}

export function withoutLeadingZeros(bytes: Buffer): Buffer {
  const start = bytes.findIndex((byte) => byte !== 0);
  return start === -1 ? Buffer.alloc(0) : bytes.subarray(start);
}

/** A value's own bytes, as they were read. */
export function encodedOf(node: Node): Buffer {
  return bufferOf(node.valueBeforeDecodeView);
}

const SET = 17;
const OCTET_STRING = 4;
/** A tag of more than one byte begins so; nothing that is signed has one. */
const LONG_TAG = 0x1f;

/**
 * A value in DER: lengths definite and as short as can be, octet strings in one piece, sets in order. A signature over
 * attributes is over this, in whatever way they are sent.
 *
 * @param asSet - Behind an implicit tag stands a SET.
 */
export function derOf(node: Node, asSet = false): Buffer {
  const bytes = encodedOf(node);
  const { tagClass, tagNumber, isConstructed } = node.idBlock;
  const tag = bytes[0] ?? 0;
  if ((tag & LONG_TAG) === LONG_TAG) throw new CmsFault('a tag that is not expected here');
  if (!isConstructed) return valueOf(tag, [bytes.subarray(node.idBlock.blockLength + node.lenBlock.blockLength)]);
  const isUniversal = tagClass === 1;
  if (isUniversal && tagNumber === OCTET_STRING) return valueOf(OCTET_STRING, [octetsOf(node)]);
  const inner = childrenOf(node).map((one) => derOf(one));
  const isSet = asSet || (isUniversal && tagNumber === SET);
  return valueOf(asSet ? SET_TAG : tag, isSet ? inner.toSorted((one, other) => Buffer.compare(one, other)) : inner);
}

function valueOf(tag: number, inner: readonly Buffer[]): Buffer {
  const content = Buffer.concat(inner);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  const short = withoutLeadingZeros(bytes);
  return Buffer.concat([Buffer.from([0x80 | short.length]), short]);
}

/** The identifier of a SET as it is signed. */
export const SET_TAG = 0x31;

function viewOf(node: Node): Buffer {
  return bufferOf((node.valueBlock as unknown as { valueHexView: Uint8Array }).valueHexView);
}

function bufferOf(view: Uint8Array): Buffer {
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength);
}

/** The pieces a message is written of. */
export const der = {
  sequence: (...value: Node[]): Node => new asn1.Sequence({ value }),
  set: (...value: Node[]): Node => new asn1.Set({ value }),
  oid: (value: string): Node => new asn1.ObjectIdentifier({ value }),
  integer: (value: number): Node => new asn1.Integer({ value }),
  nothing: (): Node => new asn1.Null(),
  octets: (bytes: Buffer): Node => new asn1.OctetString({ valueHex: exact(bytes) }),
  /** `[number] EXPLICIT`, or IMPLICIT of a structure. */
  tagged: (number: number, ...value: Node[]): Node =>
    new asn1.Constructed({ idBlock: { tagClass: 3, tagNumber: number }, value }),
  /** `[number] IMPLICIT OCTET STRING`. */
  taggedOctets: (number: number, bytes: Buffer): Node =>
    new asn1.Primitive({ idBlock: { tagClass: 3, tagNumber: number }, valueHex: exact(bytes) }),
  /** Bytes that are DER already. */
  encoded: (bytes: Buffer): Node => readBer(bytes),
  /** SET OF, in the order that DER asks for. */
  setOf: (...value: Node[]): Node =>
    new asn1.Set({ value: value.toSorted((one, other) => Buffer.compare(write(one), write(other))) }),
} as const;

export function write(node: Node): Buffer {
  return Buffer.from(node.toBER());
}

function exact(bytes: Buffer): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

const CONTENT_TYPES = {
  data: '1.2.840.113549.1.7.1',
  signed: '1.2.840.113549.1.7.2',
  enveloped: '1.2.840.113549.1.7.3',
  compressed: '1.2.840.113549.1.9.16.1.9',
  authEnveloped: '1.2.840.113549.1.9.16.1.23',
} as const;
export type CmsType = keyof typeof CONTENT_TYPES;
export const DATA_OID = CONTENT_TYPES.data;

/** What kind of cryptographic message bytes hold, and its content. @throws CmsFault */
export function readContentInfo(bytes: Buffer): { readonly type: CmsType; readonly content: Node } {
  const [type, wrapped] = childrenOf(readBer(bytes));
  const oid = oidOf(type);
  const known = (Object.keys(CONTENT_TYPES) as CmsType[]).find((name) => CONTENT_TYPES[name] === oid);
  const [content] = isTagged(wrapped, 0) ? childrenOf(wrapped) : [];
  if (known === undefined || content === undefined) throw new CmsFault(`content of type ${oid} is not read`);
  return { type: known, content };
}

export function writeContentInfo(type: CmsType, content: Node): Buffer {
  return write(der.sequence(der.oid(CONTENT_TYPES[type]), der.tagged(0, content)));
}
