import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { postAs2, type As2Response, type HeaderList } from '../as2-client.js';
import { digestOf } from '../digests.js';
import { envelopeHeaders, readEnvelope, type Envelope } from '../envelope.js';
import { micAlgorithmFor } from '../micalg.js';
import type { HeaderFields } from '../mime/header-fields.js';
import { openMessage, type OpenedMessage } from '../open-message.js';
import { packMessage, type Packed, type Packing } from '../pack-message.js';
import { isReceipt, readReceipt, writeReceipt, type Receipt, type ReceiptContent } from '../receipt.js';
import type { Identity } from './identities.js';

export const THEIR_NAME = 'Acme Stores';
export const OUR_NAME = 'RAILHEAD';

/** A message of ours as the partner had it. */
export interface Had {
  readonly envelope: Envelope;
  readonly opened: OpenedMessage;
}

/** How the partner answers; the next answers are taken from the front, the last one stays. */
export type Manner = 'receipt' | 'wrong-mic' | 'refuse' | 'unsigned' | 'nothing' | 'cut' | 'later' | 'never';

/** A trading partner with an AS2 server of its own, for tests: packs and opens with our own pieces, answers as it is told. */
export class As2Partner {
  readonly had: Had[] = [];
  /** Receipts that were posted here. */
  readonly receipts: (Receipt | undefined)[] = [];
  manners: Manner[] = ['receipt'];
  /** What it wants in the Authorization header; absent: nothing. */
  wants: string | undefined;

  private constructor(
    private readonly server: Server,
    readonly them: Identity,
    readonly us: Identity,
  ) {}

  static async start(them: Identity, us: Identity): Promise<As2Partner> {
    const server = createServer();
    const partner = new As2Partner(server, them, us);
    server.on('request', (request, response) => void partner.serve(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return partner;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/as2`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** A payload, signed by them and encrypted for us, unless it is said otherwise. */
  pack(payload: Buffer, change: Partial<Packing> = {}): Packed {
    return packMessage(payload, {
      contentType: 'application/edi-x12',
      fileName: '850.edi',
      sign: { key: this.them, digest: 'sha256' },
      encrypt: { certificate: this.us.certificate, cipher: 'aes256-cbc', keyTransport: 'rsa-pkcs1' },
      ...change,
    });
  }

  /** Header fields of a message of theirs that asks for a signed receipt. */
  envelope(messageId: string, more: HeaderList = []): HeaderList {
    return [
      ...envelopeHeaders(THEIR_NAME, OUR_NAME, messageId, new Date()),
      ['Disposition-Notification-To', 'edi@acme.example'],
      [
        'Disposition-Notification-Options',
        'signed-receipt-protocol=optional, pkcs7-signature; signed-receipt-micalg=optional, sha256',
      ],
      ...more,
    ];
  }

  readReceipt(headers: HeaderFields, body: Buffer): Receipt | undefined {
    return readReceipt(headers, body, [this.us.certificate]);
  }

  /** Posts a receipt for the last message that it had, where that wants it. @param change - What it says otherwise. */
  async postReceipt(change: Partial<ReceiptContent> = {}, more: HeaderList = []): Promise<As2Response> {
    const had = this.had.at(-1);
    if (had === undefined) throw new Error('the partner has had no message');
    const { headers, body } = this.receiptFor(had, 'receipt', change);
    return postAs2(had.envelope.receipt?.laterTo ?? '', [...headers, ...more], body);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (this.wants !== undefined && request.headers.authorization !== this.wants)
      return void response.writeHead(401).end();
    const headers = new Map(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const body = Buffer.concat(chunks);
    if (isReceipt(headers, body)) {
      this.receipts.push(this.readReceipt(headers, body));
      response.end();
      return;
    }
    const had = this.open(headers, body);
    this.had.push(had);
    const manner = (this.manners.length > 1 ? this.manners.shift() : this.manners[0]) ?? 'receipt';
    if (manner === 'cut') return void request.socket.destroy();
    if (manner === 'nothing' || manner === 'never') return void response.end();
    const receipt = this.receiptFor(had, manner);
    if (manner !== 'later') {
      for (const [name, value] of receipt.headers) response.setHeader(name, value);
      return void response.end(receipt.body);
    }
    response.end();
    await postAs2(had.envelope.receipt?.laterTo ?? '', receipt.headers, receipt.body).catch(() => undefined);
  }

  private open(headers: HeaderFields, body: Buffer): Had {
    const envelope = readEnvelope(headers);
    const rules = { keys: [this.them], trusted: [this.us.certificate], readsWeak: true, bytesMax: 10_000_000 };
    const opened = openMessage(headers, body, { ...rules, mustBeSigned: false, mustBeEncrypted: false });
    if (envelope === undefined || !opened.ok) throw new Error('the partner cannot read what we sent');
    return { envelope, opened };
  }

  private receiptFor(
    { envelope, opened }: Had,
    manner: Manner,
    change: Partial<ReceiptContent> = {},
  ): { headers: HeaderList; body: Buffer } {
    const { digest, name } = micAlgorithmFor(envelope.receipt, opened.signedWith);
    const content = manner === 'wrong-mic' ? Buffer.from('other') : opened.micContent;
    const { headers, body } = writeReceipt(
      {
        originalMessageId: envelope.messageId,
        recipient: THEIR_NAME,
        disposition: manner === 'refuse' ? 'processed/error: decryption-failed' : 'processed',
        receivedContentMic: `${digestOf(content, digest).toString('base64')}, ${name}`,
        text: 'Taken.',
        ...change,
      },
      manner === 'unsigned' ? undefined : { key: this.them, digest: 'sha256' },
    );
    const named = envelopeHeaders(THEIR_NAME, OUR_NAME, `<${Math.random()}@acme>`, new Date());
    return { headers: [...named, ...headers], body };
  }
}
