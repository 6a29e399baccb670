/** How contents are encrypted, with what a message calls it and what Node calls it. Lengths in bytes. */
export const CIPHERS = {
  'aes128-cbc': { oid: '2.16.840.1.101.3.4.1.2', node: 'aes-128-cbc', keyLength: 16, ivLength: 16, isAead: false },
  'aes192-cbc': { oid: '2.16.840.1.101.3.4.1.22', node: 'aes-192-cbc', keyLength: 24, ivLength: 16, isAead: false },
  'aes256-cbc': { oid: '2.16.840.1.101.3.4.1.42', node: 'aes-256-cbc', keyLength: 32, ivLength: 16, isAead: false },
  'aes128-gcm': { oid: '2.16.840.1.101.3.4.1.6', node: 'aes-128-gcm', keyLength: 16, ivLength: 12, isAead: true },
  'aes192-gcm': { oid: '2.16.840.1.101.3.4.1.26', node: 'aes-192-gcm', keyLength: 24, ivLength: 12, isAead: true },
  'aes256-gcm': { oid: '2.16.840.1.101.3.4.1.46', node: 'aes-256-gcm', keyLength: 32, ivLength: 12, isAead: true },
  '3des': { oid: '1.2.840.113549.3.7', node: 'des-ede3-cbc', keyLength: 24, ivLength: 8, isAead: false },
} as const;
export type Cipher = keyof typeof CIPHERS;
export const CIPHER_NAMES = Object.keys(CIPHERS) as readonly Cipher[];

export function cipherOfOid(oid: string): Cipher | undefined {
  return CIPHER_NAMES.find((name) => CIPHERS[name].oid === oid);
}
