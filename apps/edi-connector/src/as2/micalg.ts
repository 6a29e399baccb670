import { digestNamed, digestOf, digestOfLength, DIGESTS, type Digest } from './digests.js';

/** Message integrity code: which bytes of ours a partner has, in a word. */
export interface Mic {
  readonly digest: Digest;
  /** Base64. */
  readonly value: string;
}

const MIC_LENGTH_MAX = 300;

/** The codes that we take, under every digest: whichever a partner's receipt uses, it can be compared. */
export type Mics = Readonly<Record<Digest, readonly string[]>>;

/** @param contents - What a receipt may be over; usually one. */
export function micsOf(...contents: readonly Buffer[]): Mics {
  const codes = (digest: Digest): string[] => contents.map((one) => digestOf(one, digest).toString('base64'));
  return { sha1: codes('sha1'), sha256: codes('sha256'), sha384: codes('sha384'), sha512: codes('sha512') };
}

/** The codes of one and of the other. */
export function eitherOf(one: Mics, other: Mics): Mics {
  const both = (digest: Digest): string[] => [...new Set([...one[digest], ...other[digest]])];
  return { sha1: both('sha1'), sha256: both('sha256'), sha384: both('sha384'), sha512: both('sha512') };
}

/** Reads `Received-Content-MIC: <base64>, <digest>`. Some leave the digest out: then the length of the code tells it. */
export function readMic(field: string | undefined): Mic | undefined {
  const [, code = '', name = ''] =
    /^"?([A-Za-z0-9+/= \t]+)"?(?:,\s*"?([\w-]*)"?)?\s*;?$/.exec((field ?? '').slice(0, MIC_LENGTH_MAX).trim()) ?? [];
  const value = code.replaceAll(/\s/g, '');
  const digest = name === '' ? digestOfLength(Buffer.from(value, 'base64').length) : digestNamed(name);
  return digest === undefined ? undefined : { value, digest };
}

/** How a receipt is wanted, from `Disposition-Notification-To`, `-Options` and `Receipt-Delivery-Option`. */
export interface ReceiptRequest {
  readonly isSigned: boolean;
  /** What the partner calls the digests it can check, most wanted first. */
  readonly micAlgorithms: readonly string[];
  /** Where the receipt is posted to later; absent: it goes into the answer. */
  readonly laterTo: string | undefined;
  /** What they require of it and we do not have, as RFC 4130 calls it. */
  readonly unmet: 'unsupported format' | 'unsupported MIC-algorithms' | undefined;
}

/** `undefined`: no receipt is wanted. */
export function readReceiptRequest(header: (name: string) => string | undefined): ReceiptRequest | undefined {
  if ((header('disposition-notification-to') ?? '').trim() === '') return undefined;
  const options = optionsIn(header('disposition-notification-options') ?? '');
  const [protocol, micalg] = [options.get('signed-receipt-protocol'), options.get('signed-receipt-micalg')];
  const isSigned = protocol?.values.some((one) => /^(x-)?pkcs7-signature$/i.test(one)) ?? false;
  const laterTo = header('receipt-delivery-option')?.trim();
  return {
    isSigned,
    micAlgorithms: micalg?.values ?? [],
    laterTo: laterTo === '' ? undefined : laterTo,
    unmet: unmetIn(protocol, isSigned, micalg),
  };
}

/** What is asked for as optional may be answered in another way; what is required may not. */
function unmetIn(
  protocol: ReceiptOption | undefined,
  isSigned: boolean,
  micalg: ReceiptOption | undefined,
): ReceiptRequest['unmet'] {
  if (protocol?.isRequired === true && !isSigned) return 'unsupported format';
  const isKnown = micalg?.values.some((name) => digestNamed(name) !== undefined);
  return micalg?.isRequired === true && isKnown === false && micalg.values.length > 0
    ? 'unsupported MIC-algorithms'
    : undefined;
}

interface ReceiptOption {
  readonly isRequired: boolean;
  readonly values: readonly string[];
}

/** `name=importance, value, value; …`; the importance is sometimes left out, and sometimes all of it is in quotes. */
function optionsIn(field: string): ReadonlyMap<string, ReceiptOption> {
  const options = new Map<string, ReceiptOption>();
  for (const option of field.slice(0, 2000).replaceAll('"', '').split(';')) {
    const [name = '', list = ''] = option.split('=', 2);
    const all = list.split(',').map((one) => one.trim());
    const importance = /^(optional|required)$/i.exec(all[0] ?? '')?.[0]?.toLowerCase();
    const values = importance === undefined ? all : all.slice(1);
    options.set(name.trim().toLowerCase(), { isRequired: importance === 'required', values });
  }
  return options;
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
