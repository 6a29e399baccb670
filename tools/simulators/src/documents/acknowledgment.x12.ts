import { interchange } from './interchange.js';
import type { ReadSet } from './read-x12.js';

/** A partner's 997s about documents of ours: every one was understood. */
export function acknowledgment(read: readonly ReadSet[], sender: string, control: number): string {
  const sets = read.map(({ kind, functionalId, group, number }) => ({
    code: '997',
    segments: [`AK1*${functionalId}*${group}`, `AK2*${kind}*${number}`, 'AK5*A', 'AK9*A*1*1*1'],
  }));
  return interchange({ sender, control, functionalId: 'FA', sets });
}
