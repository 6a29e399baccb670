import type { Fact } from './fact.js';
import type { FileDocument, OrderFile } from './file/order-file.js';
import type { OrderRow } from './order-row.js';

/** What a partner sees of its own order: no inner reasons, no names of our people, no documents of others. */
export function outsideView(file: OrderFile): OrderFile {
  const documents = file.documents.filter(isBuyersDocument);
  const known = new Set(documents.map(({ documentId }) => documentId));
  return {
    ...file,
    documents,
    holds: file.holds.map(({ holdId, code, ownerRole, since, state, releasedAt }) => {
      return { holdId, code, ownerRole, since, state, releasedAt, detail: 'being looked at' };
    }),
    tasks: [],
    nextStep: outsideStep(file),
    timeline: file.timeline
      .filter(({ type, documentId = '' }) => !INNER_FACTS.test(type) && (!isOfDocument(type) || known.has(documentId)))
      .map(({ who, ...entry }) => (who?.kind === 'partner' ? { ...entry, who } : entry)),
  };
}

/** Of what our own people have to decide only whose move it is. */
function outsideStep({ nextStep, tasks, holds }: OrderFile): OrderFile['nextStep'] {
  const isOurs =
    tasks.some(({ state }) => state === 'open' || state === 'claimed') || holds.some(({ state }) => state === 'active');
  return nextStep !== null && isOurs ? { ...nextStep, what: 'being looked at' } : nextStep;
}

/** The same of a row of a list, which does not say whether anything of the order is held. */
export function outsideRow(row: OrderRow): OrderRow {
  const { nextStep } = row;
  if (nextStep === null || FLOW.has(nextStep.owner)) return row;
  return { ...row, nextStep: { ...nextStep, what: 'being looked at' } };
}

/** Who has the next move when nobody of us has to decide anything. */
const FLOW = new Set(['validation', 'fulfillment', 'purchasing', 'warehouse', 'carrier', 'billing', 'customer']);

/** Facts that tell how we decide, not what happened to the order. */
const INNER_FACTS = /^(hold\.|task\.|order\.reject-requested)/;

/** Whether the buyer of an order may hear of something that happened to it. */
export function isForBuyer({ type, data }: Pick<Fact, 'type' | 'data'>): boolean {
  return !INNER_FACTS.test(type) && (!isOfDocument(type) || isBuyersDocument(data as FileDocument));
}

function isOfDocument(type: string): boolean {
  return type.startsWith('document.');
}

/** What a buyer and we send each other by X12. */
const BUYERS_SETS = new Set(['850', '855', '856', '810', '820', '824', '860', '865']);
/** Other ways in which buyers themselves order. */
const BUYERS_SYSTEMS = new Set<string>(['api', 'shopify', 'form']);

/** What we exchange with warehouses, carriers, the ERP and our own CRM is no buyer's business. */
function isBuyersDocument({ system, documentType }: Pick<FileDocument, 'system' | 'documentType'>): boolean {
  return system === 'x12' ? BUYERS_SETS.has(documentType) : BUYERS_SYSTEMS.has(system);
}

/** Whether somebody may see an order of this account. Our own people may see all. */
export function maySee(viewer: { readonly accountId?: string | undefined }, accountId: string | null): boolean {
  return viewer.accountId === undefined || viewer.accountId === accountId;
}
