import { Injectable } from '@nestjs/common';
import { Clock, uuidv7 } from '@railhead/service-kit';
import { As2Settings } from './as2-settings.js';
import type { SigningKey } from './cms/signed-data.js';
import { digestOf } from './digests.js';
import { envelopeHeaders, type Envelope } from './envelope.js';
import { micAlgorithmFor } from './micalg.js';
import type { OpenedMessage, RefusedMessage } from './open-message.js';
import type { StoredReceipt } from './received.store.js';
import { writeReceipt } from './receipt.js';

/** Writes our receipts, signed where that is asked for. */
@Injectable()
export class ReceiptWriter {
  constructor(
    private readonly settings: As2Settings,
    private readonly clock: Clock,
  ) {}

  /** @param ourCertificate - Which of ours the partner knows; absent: the newest. */
  processed(
    envelope: Envelope,
    opened: OpenedMessage,
    ourCertificate: string | undefined,
  ): StoredReceipt & { mic: string } {
    const { digest, name } = micAlgorithmFor(envelope.receipt, opened.signedWith);
    const mic = `${digestOf(opened.micContent, digest).toString('base64')}, ${name}`;
    const text = 'The message was received and is what it says it is. That says nothing of its content.';
    return { ...this.write(envelope, 'processed', mic, text, ourCertificate), mic };
  }

  refused(
    envelope: Envelope,
    { refusal, told }: Pick<RefusedMessage, 'refusal' | 'told'>,
    ourCertificate: string | undefined,
  ): StoredReceipt {
    const isUnsupported = refusal.startsWith('unsupported');
    const disposition = `${isUnsupported ? 'failed/failure' : 'processed/error'}: ${refusal}`;
    const text = told === undefined ? 'The message was not taken.' : `The message was not taken. ${told}`;
    return this.write(envelope, disposition, undefined, text, ourCertificate);
  }

  private write(
    envelope: Envelope,
    disposition: string,
    receivedContentMic: string | undefined,
    text: string,
    ourCertificate: string | undefined,
  ): StoredReceipt {
    const { from, to, messageId: originalMessageId, receipt } = envelope;
    const at = this.clock.now();
    const key = receipt?.isSigned === true ? this.signer(ourCertificate, at) : undefined;
    const { digest } = micAlgorithmFor(receipt, undefined);
    const sign = key && { key, digest: digest === 'sha1' ? ('sha256' as const) : digest };
    const content = { originalMessageId, recipient: to, disposition, receivedContentMic, text };
    const { headers, body } = writeReceipt(content, sign);
    const messageId = `<${uuidv7()}@railhead>`;
    return { headers: [...envelopeHeaders(to, from, messageId, at), ...headers], body };
  }

  /** Rather with one that has ended than unsigned: most know us by the key, and what is not signed proves nothing to anybody. */
  private signer(ourCertificate: string | undefined, at: Date): SigningKey | undefined {
    const { keys } = this.settings;
    return keys.toSign(ourCertificate, at) ?? keys.toSign(undefined, at) ?? keys.all()[0];
  }
}
