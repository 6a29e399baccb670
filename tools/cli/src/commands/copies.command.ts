import { CliFailure, EXIT, type ExitCode } from '../exit-codes.js';
import type { ConflictingCopy, OrderFile } from '../gateway-shapes.js';
import { table } from '../output/table.js';
import type { GatewayClient } from '../connection/gateway-client.js';
import { gatewayOf, type CommandContext } from './command.js';

const KIND = 'CONFLICTING_COPY';
const PAGE = '1000';
const SHOWN = 3;
const NAMING = 'order/copy as "railhead copies list" shows it, e.g. ACME-10001/0d5a6b1e-54cf-4b3a-9a59-25d0b4d53d10';

interface TaskPage {
  readonly tasks: readonly { readonly kind: string; readonly orderId: string | null }[];
  readonly next?: string | null;
}

interface WaitingCopy {
  readonly orderId: string;
  readonly purchaseOrderNumber: string | null;
  readonly copy: ConflictingCopy;
}

/** Lists other documents under the number of an order that somebody has to decide about. */
export async function listCopies(context: CommandContext): Promise<ExitCode> {
  const gateway = gatewayOf(context);
  const copies: WaitingCopy[] = [];
  for (const orderId of await ordersWithCopies(gateway)) {
    const file = await gateway.get<OrderFile>(`/v1/orders/${orderId}`);
    const waiting = (file.conflictingCopies ?? []).filter(({ state }) => state === 'waiting');
    copies.push(...waiting.map((copy) => ({ orderId, purchaseOrderNumber: file.purchaseOrderNumber, copy })));
  }
  const shown = copies.length === 0 ? 'No other copy waits.' : table(['COPY', 'WHAT DIFFERS'], copies.map(rowOf));
  context.out.result(copies, shown);
  return EXIT.ok;
}

/** A copy that waits is a task of its order. */
async function ordersWithCopies(gateway: GatewayClient): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (let cursor: string | undefined; ;) {
    const { tasks, next } = await gateway.get<TaskPage>('/v1/tasks', { limit: PAGE, cursor });
    for (const { kind, orderId } of tasks) if (kind === KIND && orderId !== null) found.add(orderId);
    if (next === null || next === undefined) return found;
    cursor = next;
  }
}

/** Hands on what somebody decided about one. */
export async function decideCopy(
  context: CommandContext,
  text: string,
  decision: { readonly action: string; readonly reason: string },
  said: string,
): Promise<ExitCode> {
  const answer = await gatewayOf(context).post<object>(wayTo(text), decision);
  context.out.result(answer, `${text} ${said}.`);
  return EXIT.ok;
}

function rowOf({ orderId, purchaseOrderNumber, copy }: WaitingCopy): string[] {
  const { differences, eventId } = copy;
  const words = differences.slice(0, SHOWN).map(({ at, was, is }) => `${at}: ${was ?? '-'} -> ${is ?? '-'}`);
  const more = differences.length > SHOWN ? [`and ${differences.length - SHOWN} more`] : [];
  return [`${purchaseOrderNumber ?? orderId}/${eventId}`, [...words, ...more].join('; ')];
}

/** A purchase order number may have slashes of its own. */
function wayTo(text: string): string {
  const cut = text.lastIndexOf('/');
  if (cut <= 0 || cut === text.length - 1)
    throw new CliFailure(EXIT.unusable, `"${text}" names no copy`, `Write ${NAMING}.`);
  return `/v1/orders/${encodeURIComponent(text.slice(0, cut))}/copies/${encodeURIComponent(text.slice(cut + 1))}`;
}
