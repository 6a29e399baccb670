import { MimeFault } from './entity.js';

const LINE = 76;

/** Takes the transfer encoding off a body. @throws MimeFault for one that we do not know. */
export function decodeBody(body: Buffer, encoding: string | undefined): Buffer {
  switch ((encoding ?? 'binary').trim().toLowerCase()) {
    case 'base64':
      return Buffer.from(body.toString('latin1'), 'base64');
    case 'quoted-printable':
      return fromQuotedPrintable(body);
    case '':
    case '7bit':
    case '8bit':
    case 'binary':
      return body;
    default:
      throw new MimeFault('a transfer encoding that we do not know');
  }
}

/** Base64 in lines, as mail has it. */
export function toBase64Lines(bytes: Buffer): Buffer {
  const lines = bytes.toString('base64').match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  return Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1');
}

function fromQuotedPrintable(body: Buffer): Buffer {
  const text = body
    .toString('latin1')
    .replaceAll(/[ \t]+(?=\r?\n)/g, '')
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-Fa-f]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(text, 'latin1');
}
