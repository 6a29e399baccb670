import { EXIT, type ExitCode } from '../exit-codes.js';
import type { HeldInterchange, HeldMessage, NobodysDocument, UnreadDocument } from '../gateway-shapes.js';
import { table } from '../output/table.js';
import { gatewayOf, type CommandContext } from './command.js';
import type { WaitingPlace } from './set-aside.command.js';

const WHY_SHOWN = 80;
const SHOWN_MAX = 1000;

/** What waits at the door of EDI is named by its kind and its id: `messages/0d5a6b1e-…`. */
export const HELD: WaitingPlace = {
  path: '/v1/edi/held',
  noun: 'held',
  list: 'railhead held list',
  naming: 'kind/id as "railhead held list" shows it, e.g. interchanges/0d5a6b1e-54cf-4b3a-9a59-25d0b4d53d10',
};

/** Lists what partners sent and a person has to decide about. */
export async function listHeld(context: CommandContext): Promise<ExitCode> {
  const gateway = gatewayOf(context);
  const all = <T>(kind: string) => gateway.get<readonly T[]>(`${HELD.path}/${kind}`, { limit: SHOWN_MAX });
  const interchanges = await all<HeldInterchange>('interchanges');
  const messages = await all<HeldMessage>('messages');
  const documents = await all<UnreadDocument>('documents');
  const unknownSenders = await all<NobodysDocument>('unknown-senders');
  const rows = [
    ...interchanges.map((one) => row(`interchanges/${one.heldId}`, one.partner, 'interchange', one.detail, one.heldAt)),
    ...messages.map((one) => row(`messages/${one.messageId}`, one.partner, wordFor(one), one.reason, one.receivedAt)),
    ...documents.map((one) => row(`documents/${one.documentId}`, '-', 'document', one.lastError, '-')),
    ...unknownSenders.map(({ documentId, sender, detail, receivedAt }) =>
      row(`unknown-senders/${documentId}`, sender ?? '-', 'document', detail, receivedAt),
    ),
  ];
  const shown = rows.length === 0 ? 'Nothing is held.' : table(['HELD', 'PARTNER', 'WHAT', 'WHY', 'SINCE'], rows);
  context.out.result({ interchanges, messages, documents, unknownSenders }, shown);
  return EXIT.ok;
}

function wordFor({ documentType, reference }: HeldMessage): string {
  return `${documentType} ${reference}`;
}

function row(name: string, partner: string, what: string, why: string, since: string): string[] {
  return [name, partner, what, (why.split('\n', 1)[0] ?? '').slice(0, WHY_SHOWN), since.slice(0, 19)];
}
