import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Books, Sending } from '../books.js';
import { acknowledgment } from '../documents/acknowledgment.x12.js';
import { controlOf, purchaseOrder } from '../documents/purchase-order.x12.js';
import { isTaken, type ReadSet } from '../documents/read-x12.js';
import type { PlannedOrder } from '../plan/planned-order.js';
import type { Target } from '../target.js';
import { Sender } from '../wire/sender.js';
import { verdictOf, type Verdict } from '../wire/verdict.js';
import type { Buyer } from './buyer.js';
import { OutboxReader } from './outbox-reader.js';

const TIMEOUT_MS = 10_000;
/** The partner of the sample company that the simulator plays. */
export const PARTNER = { name: 'acme', id: 'ACMESTORES' } as const;
/** Control numbers of 997s lie above those of orders and their copies. */
const ACKNOWLEDGMENTS_FROM = 800_000_000;
const ANSWERED_BY_997 = 997;

/** A trading partner: posts 850s or puts them into its folder, files what comes back, and acknowledges it with 997s. */
export class TradingPartner implements Buyer {
  private readonly sender: Sender;
  private readonly folder: ReturnType<Target['ediFolder']>;
  private readonly reader: OutboxReader | undefined;
  /** Group control number of an 850 to the code of its 997, once there is one. */
  private readonly answers = new Map<number, string>();
  private readonly waiting = new Map<number, (() => void)[]>();
  private readonly read = new Set<string>();
  private acknowledgments = 0;

  constructor(
    private readonly target: Target,
    private readonly books: Books,
    present: () => Promise<void>,
    private readonly firstControl: number,
  ) {
    this.sender = new Sender(TIMEOUT_MS, present);
    this.folder = target.ediFolder(PARTNER.name);
    if (this.folder !== undefined) this.reader = new OutboxReader(this.folder.outbox, (sets) => this.take(sets));
  }

  send(order: PlannedOrder, entry: Sending, copy?: 'same' | 'renewed'): Promise<void> {
    return order.channel === 'folder' ? this.drop(order, entry, copy) : this.post(order, entry, copy);
  }

  stop(): void {
    this.sender.stop();
    void this.reader?.stop();
    for (const wake of [...this.waiting.values()].flat()) wake();
  }

  private post(order: PlannedOrder, entry: Sending, copy?: 'same' | 'renewed'): Promise<void> {
    const token = order.intent === 'forged' ? 'nobody.knows-this-token' : this.target.ediToken;
    const { flaw, slowMs } = order;
    const body = purchaseOrder(order, { sender: PARTNER.id, flaw, renewed: copy === 'renewed' });
    return this.sender.send({ ...this.toDoor(body, token), slowMs, read: readAnswer }, entry);
  }

  private toDoor(body: string, token: string): { url: () => string; body: string; headers: Record<string, string> } {
    const headers = { 'content-type': 'application/edi-x12', authorization: `Bearer ${token}` };
    return { url: () => this.target.url('edi-connector', '/edi'), body, headers };
  }

  /** A file is written aside and renamed; its answer is the 997 in the other folder. */
  private async drop(order: PlannedOrder, entry: Sending, copy?: 'same' | 'renewed'): Promise<void> {
    if (this.folder === undefined) throw new Error(`the folders of ${PARTNER.name} cannot be reached from here`);
    const control = controlOf(order, copy === 'renewed');
    const file = join(this.folder.inbox, `${order.po}${copy === undefined ? '' : `-${copy}`}.edi`);
    await mkdir(this.folder.inbox, { recursive: true });
    const { flaw } = order;
    await writeFile(`${file}.tmp`, purchaseOrder(order, { sender: PARTNER.id, flaw, renewed: copy === 'renewed' }));
    await rename(`${file}.tmp`, file);
    const code = await this.answerOf(control);
    if (code === undefined) return; // stopped
    const answer = { at: Date.now(), status: ANSWERED_BY_997 };
    entry.attempts.push({ at: answer.at, outcome: ANSWERED_BY_997 });
    if (code === 'A') entry.accepted = answer;
    else entry.refused = { ...answer, text: `AK9*${code}` };
  }

  private async answerOf(control: number): Promise<string | undefined> {
    if (!this.answers.has(control))
      await new Promise<void>((resolve) => this.waiting.set(control, [...(this.waiting.get(control) ?? []), resolve]));
    return this.answers.get(control);
  }

  private take(sets: readonly ReadSet[]): void {
    for (const set of sets) this.file(set);
    const ours = sets.filter(({ kind }) => kind !== '997');
    if (ours.length > 0) void this.acknowledge(ours);
  }

  /** Files a document. The same number again is the same document: a partner that took it away may get it once more. */
  private file({ kind, group, number, po, amountMinor, answers }: ReadSet): void {
    if (answers !== undefined) {
      this.answers.set(answers.group, answers.code);
      for (const wake of this.waiting.get(answers.group) ?? []) wake();
      this.waiting.delete(answers.group);
      return;
    }
    const entry = po === undefined ? undefined : this.books.orders.get(po);
    const name = `${kind}|${group}|${number}`;
    if (entry === undefined || this.read.has(name)) return;
    this.read.add(name);
    entry.documents.set(kind, (entry.documents.get(kind) ?? 0) + 1);
    if (kind === '810') entry.invoicedMinor += amountMinor ?? 0;
  }

  private async acknowledge(sets: readonly ReadSet[]): Promise<void> {
    const control = ACKNOWLEDGMENTS_FROM + ((this.firstControl + this.acknowledgments++) % 199_000_000);
    const entry: Sending = { attempts: [] };
    this.books.acknowledgmentsSent.set(String(control), entry);
    await this.sender.send(this.toDoor(acknowledgment(sets, PARTNER.id, control), this.target.ediToken), entry);
  }
}

function readAnswer(status: number, text: string): Verdict {
  const verdict = verdictOf(status);
  return verdict === 'accepted' && !isTaken(text) ? 'refused' : verdict;
}
