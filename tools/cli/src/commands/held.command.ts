import { EXIT, type ExitCode } from '../exit-codes.js';
import type { HeldInterchange, HeldMessage, UnreadDocument } from '../gateway-shapes.js';
import { table } from '../output/table.js';
import { gatewayOf, type CommandContext } from './command.js';
import type { WaitingPlace } from './set-aside.command.js';

const WHY_SHOWN = 80;

/** What waits at the door of EDI is named by its kind and its id: `messages/0d5a6b1e-…`. */
export const HELD: WaitingPlace = {
  path: '/v1/edi/held',
  noun: 'held',
  naming: 'kind/id as "railhead held list" shows it, e.g. interchanges/0d5a6b1e-54cf-4b3a-9a59-25d0b4d53d10',
};

/** Lists what partners sent and a person has to decide about. */
export async function listHeld(context: CommandContext): Promise<ExitCode> {
  const gateway = gatewayOf(context);
  const interchanges = await gateway.get<readonly HeldInterchange[]>(`${HELD.path}/interchanges`);
  const messages = await gateway.get<readonly HeldMessage[]>(`${HELD.path}/messages`);
  const documents = await gateway.get<readonly UnreadDocument[]>(`${HELD.path}/documents`);
  const rows = [
    ...interchanges.map((one) => row(`interchanges/${one.heldId}`, one.partner, 'interchange', one.detail, one.heldAt)),
    ...messages.map((one) => row(`messages/${one.messageId}`, one.partner, wordFor(one), one.reason, one.receivedAt)),
    ...documents.map((one) => row(`documents/${one.documentId}`, '-', 'document', one.lastError, '-')),
  ];
  const shown = rows.length === 0 ? 'Nothing is held.' : table(['HELD', 'PARTNER', 'WHAT', 'WHY', 'SINCE'], rows);
  context.out.result({ interchanges, messages, documents }, shown);
  return EXIT.ok;
}

function wordFor({ documentType, reference }: HeldMessage): string {
  return `${documentType} ${reference}`;
}

function row(name: string, partner: string, what: string, why: string, since: string): string[] {
  return [name, partner, what, (why.split('\n', 1)[0] ?? '').slice(0, WHY_SHOWN), since.slice(0, 19)];
}
