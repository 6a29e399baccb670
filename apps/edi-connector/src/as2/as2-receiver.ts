import { Injectable } from '@nestjs/common';
import {
  Clock,
  planDeliveries,
  ServiceContext,
  uuidv7,
  Work,
  type Log,
  type PlannedDelivery,
} from '@railhead/service-kit';
import { setTimeout as pause } from 'node:timers/promises';
import { EdiDoor } from '../door/edi-door.js';
import { certificatesFor, type As2Profile } from '../partners/as2-profile.js';
import { PartnerDirectory } from '../partners/partner-directory.js';
import type { Partner } from '../partners/partner.js';
import type { As2Answer } from './as2-answer.js';
import { As2Login, withoutUser } from './as2-login.js';
import { As2Receipts } from './as2-receipts.js';
import { As2Settings } from './as2-settings.js';
import { AS2_INBOUND, bringToDoor, inboundKey } from './inbound.deliverer.js';
import { AS2_RECEIPT } from './receipt.deliverer.js';
import { digestOf } from './digests.js';
import { mayPostReceiptTo, readEnvelope, type Envelope } from './envelope.js';
import type { HeaderFields } from './mime/header-fields.js';
import { openMessage, type OpenedMessage, type RefusedMessage } from './open-message.js';
import { ReceiptWriter } from './receipt-writer.js';
import { isReceipt } from './receipt.js';
import { ReceivedStore, type StoredReceipt } from './received.store.js';

type Known = Partner & { readonly as2: As2Profile };

const NOT_TAKEN: RefusedMessage = { ok: false, refusal: 'authentication-failed', cause: 'no such partner' };
const OTHER_CONTENT: RefusedMessage = {
  ok: false,
  refusal: 'unexpected-processing-error',
  cause: 'another message came under this Message-ID before',
  told: 'Another message came under this Message-ID before.',
};
/** Refusals leave at whole steps of this time, so that they do not tell by when how far we came. */
const REFUSAL_STEP_MS = 250;
const RECEIPT_TRIED_MS = 24 * 3_600_000;

/** Takes AS2 messages: opened, kept with their receipt in one transaction, answered, and only then read. */
@Injectable()
export class As2Receiver {
  private readonly log: Log;

  constructor(
    private readonly directory: PartnerDirectory,
    private readonly settings: As2Settings,
    private readonly receipts: As2Receipts,
    private readonly writer: ReceiptWriter,
    private readonly login: As2Login,
    private readonly store: ReceivedStore,
    private readonly door: EdiDoor,
    private readonly work: Work,
    private readonly clock: Clock,
    { log }: ServiceContext,
  ) {
    this.log = log;
  }

  async take(headers: HeaderFields, body: Buffer): Promise<As2Answer> {
    const startedMs = performance.now();
    if (isReceipt(headers, body)) return this.receipts.take(headers, body);
    const envelope = readEnvelope(headers);
    if (envelope === undefined)
      return this.turnedAway('AS2-From, AS2-To and a Message-ID of at most 998 characters are needed');
    const partner = this.partnerOf(envelope);
    const laterTo = envelope.receipt?.laterTo;
    if (laterTo !== undefined && !(partner !== undefined && mayPostReceiptTo(laterTo, partner.as2)))
      return this.turnedAway('receipts are not posted to that address', {
        partner: partner?.name,
        host: hostOf(laterTo),
      });

    const opened = this.open(envelope, headers, body, partner);
    const earlier = partner && (await this.store.receiptOf(envelope));
    if (earlier !== undefined && (await this.isSame(envelope, opened))) return this.again(envelope, earlier);
    if (earlier !== undefined) return this.refuse(envelope, OTHER_CONTENT, partner, startedMs);
    if (opened.ok && partner !== undefined) return this.keep(envelope, opened, partner);
    return this.refuse(envelope, opened.ok ? NOT_TAKEN : opened, partner, startedMs);
  }

  private partnerOf({ from, to }: Envelope): Known | undefined {
    return this.directory.all.find((one): one is Known => one.as2?.theirId === from && one.as2.ourId === to);
  }

  private open(
    { receipt }: Envelope,
    headers: HeaderFields,
    body: Buffer,
    partner: Known | undefined,
  ): OpenedMessage | RefusedMessage {
    if (receipt?.unmet !== undefined)
      return { ok: false, refusal: receipt.unmet, cause: 'a receipt is required that we do not have' };
    if (partner === undefined) return NOT_TAKEN;
    const profile = partner.as2;
    return openMessage(headers, body, {
      keys: this.settings.keys.all(),
      trusted: certificatesFor(profile, 'signing', this.clock.now()),
      mustBeSigned: profile.mustBeSigned,
      mustBeEncrypted: profile.mustBeEncrypted,
      readsWeak: profile.weakAlgorithms === 'read',
      bytesMax: this.settings.bytesMax,
    });
  }

  /** A message that came before may be wrapped anew. What cannot be opened, or compared any more, is taken for the same. */
  private async isSame(envelope: Envelope, opened: OpenedMessage | RefusedMessage): Promise<boolean> {
    const before = opened.ok ? await this.store.payloadOf(envelope) : undefined;
    return !opened.ok || before === undefined || digestOf(opened.payload, 'sha256').equals(before);
  }

  private async keep(envelope: Envelope, opened: OpenedMessage, partner: Known): Promise<As2Answer> {
    const { mic, ...receipt } = this.writer.processed(envelope, opened, partner.as2.ourCertificate);
    const message = {
      envelope,
      partner: partner.name,
      form: formOf(opened),
      evidence: opened.evidence,
      mic,
      receipt,
      receivedAt: this.clock.now(),
    };
    const planned = [
      ...(await this.inbound(envelope, opened, partner)),
      ...(await this.later(envelope, receipt, partner)),
    ];
    const isNew = await this.work.run(async (tx) => {
      if (!(await this.store.keep(message, tx))) return false;
      await planDeliveries(tx, planned);
      return true;
    });
    if (isNew) return answerOf(envelope, receipt);
    const first = await this.store.receiptOf(envelope); // it came twice at once
    return this.again(envelope, first ?? receipt);
  }

  /** What brings the payload to our door. A large one is brought there at once, which keeps it: planned, twenty could be in memory together. */
  private async inbound(
    envelope: Envelope,
    { payload, fileName }: OpenedMessage,
    partner: Partner,
  ): Promise<PlannedDelivery[]> {
    const idempotencyKey = inboundKey(envelope);
    if (payload.length > this.settings.largeBytes) {
      await bringToDoor(this.door, partner, payload, idempotencyKey);
      return [];
    }
    const name = fileName?.replaceAll('\0', '').slice(0, 200);
    const attributes = { partner: partner.name, ...(name !== undefined && { fileName: name }) };
    return [{ kind: AS2_INBOUND, idempotencyKey, payload, attributes }];
  }

  private async again(envelope: Envelope, receipt: StoredReceipt): Promise<As2Answer> {
    const planned = await this.later(envelope, receipt, this.partnerOf(envelope));
    if (planned.length > 0) await this.work.run((tx) => planDeliveries(tx, planned));
    return answerOf(envelope, receipt);
  }

  /** One answer for all that can be wrong with keys and signatures, and for partners that do not exist. */
  private async refuse(
    envelope: Envelope,
    refused: RefusedMessage,
    partner: Known | undefined,
    startedMs: number,
  ): Promise<As2Answer> {
    this.warnOf(refused, partner);
    const receipt = this.writer.refused(envelope, refused, partner?.as2.ourCertificate);
    const planned = await this.later(envelope, receipt, partner);
    if (planned.length > 0) await this.work.run((tx) => planDeliveries(tx, planned));
    await pause(REFUSAL_STEP_MS - ((performance.now() - startedMs) % REFUSAL_STEP_MS));
    return envelope.receipt === undefined ? problem(403, 'the message was not taken') : answerOf(envelope, receipt);
  }

  /** Nobody is sent a receipt for it: what was wrong would otherwise be known to nobody here. */
  private turnedAway(why: string, about: object = {}): As2Answer {
    this.log.warn({ ...about, why }, 'AS2 message is not taken');
    return problem(400, why);
  }

  /** How many certificates count says at once whether theirs have run out. */
  private warnOf({ refusal, cause }: RefusedMessage, partner: Known | undefined): void {
    const why = cause instanceof Error ? `${cause.name}: ${cause.message}` : cause;
    const certificates = partner && certificatesFor(partner.as2, 'signing', this.clock.now()).length;
    this.log.warn({ partner: partner?.name, refusal, why, certificates }, 'AS2 message is not taken');
  }

  /** The receipt that is posted later, if that is how they want it. */
  private async later(
    envelope: Envelope,
    { headers, body }: StoredReceipt,
    partner: Known | undefined,
  ): Promise<PlannedDelivery[]> {
    const address = envelope.receipt?.laterTo;
    if (address === undefined || partner === undefined) return [];
    const until = new Date(this.clock.now().getTime() + RECEIPT_TRIED_MS).toISOString();
    const login = await this.login.kept(address, partner.name);
    const attributes = {
      ...{ url: withoutUser(address), headers: JSON.stringify(headers), partner: partner.name, until },
      ...(login !== undefined && { login }),
    };
    return [{ kind: AS2_RECEIPT, idempotencyKey: `as2-receipt:${uuidv7()}`, payload: body, attributes }];
  }
}

function formOf({ signedWith, cipher, isCompressed }: OpenedMessage): string {
  const layers = [signedWith && `signed ${signedWith}`, cipher && `encrypted ${cipher}`, isCompressed && 'compressed'];
  return layers.filter((one) => typeof one === 'string').join(', ');
}

/** The receipt itself where it is wanted at once; else an empty answer, which says that we have the message. */
function answerOf({ receipt: wanted }: Envelope, { headers, body }: StoredReceipt): As2Answer {
  if (wanted === undefined || wanted.laterTo !== undefined) return { status: 200, headers: [], body: Buffer.alloc(0) };
  return { status: 200, headers, body };
}

/** Of an address only this is written down: the rest may hold a password. */
function hostOf(address: string): string | undefined {
  return URL.canParse(address) ? new URL(address).host.slice(0, 253) : undefined;
}

function problem(status: number, message: string): As2Answer {
  const error = { 400: 'BAD_REQUEST', 403: 'FORBIDDEN' }[status] ?? 'BAD_REQUEST';
  return {
    status,
    headers: [['Content-Type', 'application/json']],
    body: Buffer.from(JSON.stringify({ error, message })),
  };
}
