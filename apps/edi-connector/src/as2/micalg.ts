import { digestOf, DIGESTS, digestNamed, type Digest } from './digests.js';

/** Message integrity code: which bytes of ours a partner has, in a word. */
export interface Mic {
  readonly digest: Digest;
  /** Base64. */
  readonly value: string;
}

/** The codes that we take, under every digest: whichever a partner's receipt uses, it can be compared. */
export type Mics = Readonly<Record<Digest, readonly string[]>>;

/** @param contents - What a receipt may be over; usually one. */
export function micsOf(...contents: readonly Buffer[]): Mics {
  const codes = (digest: Digest): string[] => contents.map((one) => digestOf(one, digest).toString('base64'));
  return { sha1: codes('sha1'), sha256: codes('sha256'), sha384: codes('sha384'), sha512: codes('sha512') };
}

/** Reads `Received-Content-MIC: <base64>, <digest>`. */
export function readMic(field: string | undefined): Mic | undefined {
  const [, value, name] = /^([A-Za-z0-9+/= \t]+),\s*([A-Za-z0-9-]+)\s*$/.exec(field ?? '') ?? [];
  const digest = digestNamed(name ?? '');
  return value === undefined || digest === undefined ? undefined : { value: value.replaceAll(/\s/g, ''), digest };
}

/** How a receipt is wanted, from `Disposition-Notification-To`, `-Options` and `Receipt-Delivery-Option`. */
export interface ReceiptRequest {
  readonly isSigned: boolean;
  /** What the partner calls the digests it can check, most wanted first. */
  readonly micAlgorithms: readonly string[];
  /** Where the receipt is posted to later; absent: it goes into the answer. */
  readonly laterTo: string | undefined;
}

/** `undefined`: no receipt is wanted. */
export function readReceiptRequest(header: (name: string) => string | undefined): ReceiptRequest | undefined {
  if ((header('disposition-notification-to') ?? '').trim() === '') return undefined;
  const options = new Map<string, string[]>();
  for (const option of (header('disposition-notification-options') ?? '').slice(0, 2000).split(';')) {
    const [name = '', value = ''] = option.split('=', 2);
    const [, ...values] = value.split(',').map((one) => one.trim().replaceAll('"', '')); // the first says how important it is
    options.set(name.trim().toLowerCase(), values);
  }
  const laterTo = header('receipt-delivery-option')?.trim();
  return {
    isSigned: (options.get('signed-receipt-protocol') ?? []).some((one) => /^(x-)?pkcs7-signature$/i.test(one)),
    micAlgorithms: options.get('signed-receipt-micalg') ?? [],
    laterTo: laterTo === '' ? undefined : laterTo,
  };
}

/**
 * The digest of a receipt's code, and what the partner calls it: the one that its signature was made with (RFC 4130, 7.4.3),
 * whatever it asks for besides; of what is not signed, the first that it asks for and we know.
 */
export function micAlgorithmFor(
  request: ReceiptRequest | undefined,
  signedWith: Digest | undefined,
): { readonly digest: Digest; readonly name: string } {
  const asked = (request?.micAlgorithms ?? []).flatMap((name) => {
    const digest = digestNamed(name);
    return digest === undefined ? [] : [{ digest, name }];
  });
  if (signedWith === undefined) return asked[0] ?? { digest: 'sha256', name: DIGESTS.sha256.micAlgorithm };
  const name = asked.find(({ digest }) => digest === signedWith)?.name ?? DIGESTS[signedWith].micAlgorithm;
  return { digest: signedWith, name };
}

/** How we ask for a receipt. */
export function receiptOptions(digest: Digest): string {
  return `signed-receipt-protocol=optional, pkcs7-signature; signed-receipt-micalg=optional, ${DIGESTS[digest].micAlgorithm}`;
}
