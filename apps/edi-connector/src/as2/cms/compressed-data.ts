import { deflateSync, inflateSync } from 'node:zlib';
import { childrenOf, CmsFault, DATA_OID, der, octetsOf, oidOf, writeContentInfo, type Node } from './asn1.js';

const ZLIB = '1.2.840.113549.1.9.16.3.8';

/** @returns DER of CompressedData (RFC 3274). */
export function compress(content: Buffer): Buffer {
  const compressed = der.sequence(
    der.integer(0),
    der.sequence(der.oid(ZLIB)),
    der.sequence(der.oid(DATA_OID), der.tagged(0, der.octets(deflateSync(content)))),
  );
  return writeContentInfo('compressed', compressed);
}

/**
 * @param bytesMax - What unfolds to more is not unfolded: some hundred bytes can be made to hold gigabytes.
 * @throws CmsFault
 */
export function decompress(compressedData: Node, bytesMax: number): Buffer {
  const [, algorithm, encapsulated] = childrenOf(compressedData);
  if (oidOf(childrenOf(algorithm)[0]) !== ZLIB) throw new CmsFault('compressed in a way that we do not read');
  const bytes = octetsOf(childrenOf(childrenOf(encapsulated)[1])[0]);
  try {
    return inflateSync(bytes, { maxOutputLength: bytesMax });
  } catch (error) {
    throw new CmsFault('cannot be decompressed', { cause: error });
  }
}
