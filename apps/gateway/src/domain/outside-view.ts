import type { OrderFile } from './file/order-file.js';

/** What a partner sees of its own order: no inner reasons, no names of our people, no documents of others. */
export function outsideView(file: OrderFile): OrderFile {
  return {
    ...file,
    holds: file.holds.map(({ holdId, code, ownerRole, since, state, releasedAt }) => {
      return { holdId, code, ownerRole, since, state, releasedAt, detail: 'being looked at' };
    }),
    tasks: [],
    nextStep: outsideStep(file),
    timeline: file.timeline
      .filter((entry) => !INNER_FACTS.test(entry.type))
      .map(({ who, ...entry }) => (who?.kind === 'partner' ? { ...entry, who } : entry)),
  };
}

/** Of what our own people have to decide only whose move it is. */
function outsideStep({ nextStep, tasks, holds }: OrderFile): OrderFile['nextStep'] {
  const isOurs =
    tasks.some(({ state }) => state === 'open' || state === 'claimed') || holds.some(({ state }) => state === 'active');
  return nextStep !== null && isOurs ? { ...nextStep, what: 'being looked at' } : nextStep;
}

/** Facts that tell how we decide, not what happened to the order. */
export const INNER_FACTS = /^(hold\.|task\.|order\.reject-requested)/;

/** Whether somebody may see an order of this account. Our own people may see all. */
export function maySee(viewer: { readonly accountId?: string | undefined }, accountId: string | null): boolean {
  return viewer.accountId === undefined || viewer.accountId === accountId;
}
