import type { DocumentIssue } from '@railhead/contracts';
import { element, type Segment, type TransactionSet } from '@railhead/x12';
import type { ReadMessage } from './message.js';
import type { Arrival } from './purchase-order.mapper.js';

/** What an 824 says of one document of ours. */
export interface Objection {
  /** GS06 of ours, which is our interchange's number too. */
  readonly controlNumber?: number | undefined;
  /** ST01 of ours, e.g. `810`. */
  readonly documentType?: string | undefined;
  /** Our number of it: invoice number, shipment id, PO number. */
  readonly reference: string;
  readonly issues: readonly DocumentIssue[];
}

/** An 824: a partner looked into documents of ours, and what it objects to. */
export interface ApplicationAdvice {
  readonly kind: 'application-advice';
  /** Only refusals: that a document is fine was said by the 997. */
  readonly objections: readonly Objection[];
}

/** Element 110, codes that refuse: a batch, a group, an item, a set. */
const REFUSALS = new Set(['BR', 'GR', 'IR', 'TR', 'TP', 'BP', 'GP']);

/** Reads an X12 824. @see ASC X12 004010 824 */
export function toApplicationAdvice({ segments }: TransactionSet, _arrival: Arrival): ReadMessage {
  const objections: (Objection & { issues: DocumentIssue[] })[] = [];
  let open: DocumentIssue[] | undefined;
  for (const segment of segments) {
    if (segment.id === 'OTI') {
      open = undefined;
      if (!REFUSALS.has(element(segment, 1) ?? '')) continue;
      open = [];
      objections.push({ ...aboutOf(segment), issues: open });
    } else if (segment.id === 'TED' && open !== undefined) open.push(issueOf(segment));
  }
  return { ok: true, message: { kind: 'application-advice', objections } };
}

function aboutOf(oti: Segment): Omit<Objection, 'issues'> {
  const controlNumber = Number(element(oti, 8));
  return {
    reference: element(oti, 3)?.trim() ?? '',
    ...(Number.isSafeInteger(controlNumber) && controlNumber > 0 && { controlNumber }),
    documentType: element(oti, 10)?.trim(),
  };
}

function issueOf(ted: Segment): DocumentIssue {
  const [code, text, place] = [element(ted, 1) ?? '', element(ted, 2), element(ted, 3)];
  const position = element(ted, 5)?.padStart(2, '0') ?? '';
  const at = `${place ?? ''}${position}`;
  return { code: `TED01_${code}`, at: at.slice(0, 200), message: (text ?? `application error ${code}`).slice(0, 500) };
}
