import { createHmac, timingSafeEqual } from 'node:crypto';

const DIGEST_BYTES = 32;

/**
 * Whether a webhook body was signed with one of the secrets: base64 of HMAC-SHA256 over the raw bytes.
 *
 * The comparison takes the same time wherever the signature differs; only its length is looked at first.
 */
export function isSigned(body: Buffer, signature: string, secrets: readonly string[]): boolean {
  const given = Buffer.from(signature, 'base64');
  if (given.length !== DIGEST_BYTES) return false;
  return secrets.some((secret) => timingSafeEqual(createHmac('sha256', secret).update(body).digest(), given));
}
