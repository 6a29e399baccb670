import type { As2Profile } from '../partners/as2-profile.js';
import { readAs2Name, readMessageId, writeAs2Name } from './as2-names.js';
import type { HeaderList } from './as2-client.js';
import { readReceiptRequest, type ReceiptRequest } from './micalg.js';
import type { HeaderFields } from './mime/header-fields.js';

/** Who sends what to whom: the header of a message. */
export interface Envelope {
  readonly from: string;
  readonly to: string;
  /** As it came, angle brackets and all. */
  readonly messageId: string;
  readonly receipt: ReceiptRequest | undefined;
}

/** `undefined`: names or Message-ID are missing, or are such as nobody has. */
export function readEnvelope(headers: HeaderFields): Envelope | undefined {
  const from = readAs2Name(headers.get('as2-from'));
  const to = readAs2Name(headers.get('as2-to'));
  const messageId = readMessageId(headers.get('message-id'));
  if (from === undefined || to === undefined || messageId === undefined) return undefined;
  return { from, to, messageId, receipt: readReceiptRequest((name) => headers.get(name)) };
}

/** The header fields that every message and every receipt has. */
export function envelopeHeaders(from: string, to: string, messageId: string, at: Date): HeaderList {
  return [
    ['AS2-Version', '1.2'],
    ['AS2-From', writeAs2Name(from)],
    ['AS2-To', writeAs2Name(to)],
    ['Message-ID', messageId],
    ['MIME-Version', '1.0'],
    ['Date', at.toUTCString()],
    ['EDIINT-Features', 'AS2-Reliability'],
    ['User-Agent', 'Railhead'],
  ];
}

/** Whether a receipt may be posted there: only to hosts that the partner's profile names, with a port or with any. User and password may stand before the host. */
export function mayPostReceiptTo(url: string, { url: partnerUrl, mdnHosts }: As2Profile): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, hostname } = new URL(url);
  if (!/^https?:$/.test(protocol)) return false;
  return (
    hostname === new URL(partnerUrl).hostname ||
    mdnHosts.some((one) => [host, hostname].includes(one.trim().toLowerCase()))
  );
}
