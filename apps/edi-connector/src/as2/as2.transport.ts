import type { Tx } from '@railhead/database';
import { Failure, uuidv7, type Clock } from '@railhead/service-kit';
import { certificatesFor, type As2Profile } from '../partners/as2-profile.js';
import { RECEIPT_LATER, TRY_MARK, type Parcel, type Transport } from '../transport/transport.js';
import { postAs2, type As2Response, type HeaderList } from './as2-client.js';
import type { As2Login } from './as2-login.js';
import type { As2Receipts } from './as2-receipts.js';
import type { As2Settings } from './as2-settings.js';
import { envelopeHeaders } from './envelope.js';
import type { ReceiptVerdict } from './judge-receipt.js';
import { receiptOptions } from './micalg.js';
import { packMessage, type Packing } from './pack-message.js';
import { isReceipt } from './receipt.js';
import type { SentMessage, SentStore } from './sent.store.js';

/** Carries documents to a partner's AS2 server: packed once, posted under the same Message-ID until there is a receipt. */
export class As2Transport implements Transport {
  readonly name = 'as2';

  constructor(
    private readonly settings: As2Settings,
    private readonly store: SentStore,
    private readonly receipts: As2Receipts,
    private readonly clock: Clock,
    private readonly login: As2Login,
  ) {}

  async send(parcel: Parcel): Promise<typeof RECEIPT_LATER | void> {
    const profile = profileOf(parcel);
    const message = await this.messageFor(parcel, profile);
    if (message.state === 'done') return undefined;
    if (message.state === 'awaiting-mdn') return RECEIPT_LATER;
    if (message.state === 'failed') throw Failure.permanent('PARTNER_REJECTED', message.lastError);
    const login = await this.login.at(profile.url, parcel.partner);
    await this.store.trying(message.messageId);
    const response = await this.posted(message, profile, login);
    if (profile.mdn === 'none') return this.store.settle(message.messageId, 'done', undefined, '');
    const verdict = this.verdictOn(response, message, profile);
    // Some put it into the answer however we ask for it.
    if (profile.mdn === 'sync' || verdict.kind !== 'ignored') return this.settle(verdict, response, message);
    await this.store.awaitReceipt(message.messageId, profile.mdnWaitSeconds);
    return RECEIPT_LATER;
  }

  async lookUp({ key }: Parcel): Promise<'done' | 'not-done'> {
    return (await this.store.byParcel(baseKey(key)))?.state === 'done' ? 'done' : 'not-done';
  }

  triedAnew(key: string, tx: Tx): Promise<void> {
    return this.store.triedAnew(baseKey(key), tx);
  }

  /** What they will not have is given up: a person has it sent again. */
  private async posted(message: SentMessage, { url }: As2Profile, login: HeaderList): Promise<As2Response> {
    try {
      return await postAs2(url, [...message.headers, ...login], message.body);
    } catch (error) {
      if (error instanceof Failure && error.code === 'PARTNER_REJECTED')
        await this.store.settle(message.messageId, 'failed', undefined, error.message);
      throw error;
    }
  }

  private verdictOn({ headers, body }: As2Response, message: SentMessage, profile: As2Profile): ReceiptVerdict {
    if (!isReceipt(headers, body)) return { kind: 'ignored', why: 'their answer is no receipt' };
    return this.receipts.judge(headers, body, message, profile);
  }

  private async settle(verdict: ReceiptVerdict, { body }: As2Response, { messageId }: SentMessage): Promise<void> {
    if (verdict.kind === 'ignored') throw Failure.transient('PARTNER_OUTCOME_UNKNOWN', verdict.why);
    const isReceived = verdict.kind === 'received';
    const why = isReceived ? '' : verdict.why;
    await this.store.settle(messageId, isReceived ? 'done' : 'failed', body, why);
    if (!isReceived) throw Failure.permanent('PARTNER_REJECTED', why);
  }

  /** Every try sends the same, until a person has it tried anew: then it is packed by the profile as it stands now. */
  private async messageFor(parcel: Parcel, profile: As2Profile): Promise<SentMessage> {
    const parcelKey = baseKey(parcel.key);
    const known = await this.store.byParcel(parcelKey);
    if (known === undefined) return this.open(parcel, profile);
    if (!known.isStale || known.state !== 'queued') return known;
    const bytes = parcel.bytes.length > 0 ? parcel.bytes : await this.store.payloadOf(parcelKey);
    if (bytes === undefined) return known;
    return this.store.repack(known, this.packed(known.messageId, { ...parcel, bytes }, profile));
  }

  private open(parcel: Parcel, profile: As2Profile): Promise<SentMessage> {
    const { partner, documentId, fileName, key } = parcel;
    const messageId = `<${uuidv7()}@railhead>`;
    const about = { messageId, parcelKey: baseKey(key), partner: partner.name, documentId, fileName };
    return this.store.open({ ...about, ...this.packed(messageId, parcel, profile) });
  }

  private packed(
    messageId: string,
    parcel: Parcel,
    profile: As2Profile,
  ): Pick<SentMessage, 'headers' | 'body' | 'mics'> {
    const { headers, body, mics } = packMessage(parcel.bytes, this.packingOf(parcel, profile));
    return { headers: [...this.envelopeOf(messageId, profile), ...headers], body, mics };
  }

  /** @throws Failure that a person must mend: a key of ours or a certificate of theirs is missing. */
  private packingOf({ fileName }: Parcel, profile: As2Profile): Packing {
    const at = this.clock.now();
    const { sign, encrypt, compress, contentType, keyTransport, ourCertificate } = profile;
    const key = sign === 'none' ? undefined : this.settings.keys.toSign(ourCertificate, at);
    if (sign !== 'none' && key === undefined)
      throw missing('there is no key of ours to sign with, or its certificate has ended');
    const [certificate] = encrypt === 'none' ? [] : certificatesFor(profile, 'encryption', at);
    if (encrypt !== 'none' && certificate === undefined) throw missing('no certificate of theirs is valid now');
    return {
      contentType,
      fileName,
      compress: compress === 'none' ? undefined : compress,
      sign: key && sign !== 'none' ? { key, digest: sign } : undefined,
      encrypt: certificate && encrypt !== 'none' ? { certificate, cipher: encrypt, keyTransport } : undefined,
    };
  }

  private envelopeOf(messageId: string, profile: As2Profile): HeaderList {
    const { ourId, theirId, subject } = profile;
    const headers = [...envelopeHeaders(ourId, theirId, messageId, this.clock.now()), ['Subject', subject] as const];
    return profile.mdn === 'none' ? headers : [...headers, ...this.receiptHeaders(profile)];
  }

  private receiptHeaders({ mdn, mdnSigned, micAlgorithm, sign, ourId }: As2Profile): HeaderList {
    const { url } = this.settings;
    const headers: [string, string][] = [['Disposition-Notification-To', url ?? ourId]];
    const digest = micAlgorithm ?? (sign === 'none' ? 'sha256' : sign);
    if (mdnSigned) headers.push(['Disposition-Notification-Options', receiptOptions(digest)]);
    if (mdn === 'async' && url === undefined) throw missing('EDI_AS2_URL is not set: nobody could send a receipt');
    if (mdn === 'async' && url !== undefined) headers.push(['Receipt-Delivery-Option', url]);
    return headers;
  }
}

function profileOf({ partner }: Parcel): As2Profile {
  if (partner.as2 === undefined) throw missing('the partner has no AS2 profile');
  return partner.as2;
}

function missing(what: string): Failure {
  return Failure.permanent('PARTNER_REJECTED', what);
}

function baseKey(key: string): string {
  return key.split(TRY_MARK, 1)[0] ?? key;
}
