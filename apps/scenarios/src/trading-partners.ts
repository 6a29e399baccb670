import { element, readInterchanges, writeInterchange, type SegmentValues, type TransactionSet } from '@railhead/x12';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const US = { qualifier: 'ZZ', id: 'RAILHEAD' };
/** Who exchanges documents with the company of these stories: a customer, and the warehouse that ships for us. */
const PARTNERS = [
  { name: 'acme', accountId: 'ACME', displayName: 'Acme Stores', them: { qualifier: 'ZZ', id: 'ACMESTORES' }, us: US },
  {
    ...{ name: 'depot', accountId: 'DEPOT', role: 'warehouse', warehouse: 'MAIN', us: US },
    them: { qualifier: 'ZZ', id: 'DEPOTMAIN' },
  },
];

/** Puts these partners into a home that is not running yet. */
export async function furnishPartners(home: string): Promise<void> {
  await mkdir(join(home, 'edi'), { recursive: true });
  await writeFile(join(home, 'edi', 'partners.json'), JSON.stringify({ partners: PARTNERS }));
}

let control = 800_000_000;

/** A document as a partner's translator writes it. @param functionalId - GS01. */
export function fromPartner(
  sender: string,
  functionalId: string,
  code: string,
  segments: readonly SegmentValues[],
): string {
  control += 1;
  const stamp = { date: '20260204', time: '1015', controlNumber: String(control) };
  const ids = { senderQualifier: 'ZZ', senderId: sender, receiverQualifier: 'ZZ', receiverId: US.id };
  const sets = [{ code, controlNumber: '0001', segments }];
  const group = { functionalId, senderCode: sender, receiverCode: US.id, ...stamp, version: '004010', sets };
  return writeInterchange({ ...ids, ...stamp, date: '260204', usage: 'P', groups: [group] }).toString();
}

/** A document of ours as a partner reads it. @throws Error with every fault that a strict reader finds. */
export function readByPartner(text: string): TransactionSet {
  const units = [...readInterchanges(Buffer.from(text))];
  const faults = units.flatMap((unit) =>
    'issues' in unit ? unit.issues.filter(({ severity }) => severity === 'error') : [],
  );
  if (faults.length > 0) throw new Error(`a document of ours has faults: ${JSON.stringify(faults)}\n${text}`);
  const set = units.find((unit): unit is TransactionSet => unit.kind === 'set');
  if (set === undefined) throw new Error(`no transaction set in ${text}`);
  return set;
}

/** The segments of one kind, as text without the id. */
export function segmentsOf({ segments }: TransactionSet, id: string): string[] {
  return segments
    .filter((segment) => segment.id === id)
    .map((segment) => Array.from({ length: segment.elementCount }, (_, n) => element(segment, n + 1) ?? '').join('*'));
}
