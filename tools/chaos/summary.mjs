import { fates } from './judge.mjs';

/** What the report and its JSON say of a run; the counts are those of the judge's sentences by their first word. */
export function summaryOf({
  options,
  journal,
  world,
  ledger,
  isolation,
  rest,
  poison,
  injected,
  cluster,
  connections,
  faults,
}) {
  const kinds = Map.groupBy(faults, (fault) => fault.split(':')[0]);
  const count = (kind) => kinds.get(kind)?.length ?? 0;
  return {
    seed: options.seed,
    orders: options.orders,
    kills: cluster.events.filter(({ what }) => what === 'killed').length,
    lost: count('lost'),
    duplicated: count('duplicate'),
    outOfOrder: count('order'),
    ledgerImbalances: count('ledger'),
    unexpectedDead: count('dead'),
    acceptedThenLost: count('accepted'),
    recoverySeconds: Math.round(rest.ms / 100) / 10,
    faults,
    injected: Object.fromEntries(
      [...Map.groupBy(injected.done, ({ kind }) => kind)].map(([kind, all]) => [kind, all.length]),
    ),
    connections,
    poison: poison.length,
    deadLetters: journal.deadLetters.size,
    records: journal.records,
    twice: journal.twice,
    ledgerReads: ledger.reads,
    isolationReads: isolation.reads,
    fates: fates(journal, world.books),
    timeline: injected.done,
    events: cluster.events,
    memoryMb: Math.round(process.memoryUsage.rss() / 1e6),
  };
}

/** What every outside party sent, how it was answered and what it holds. */
export function booksOf({ orders, shipmentsConfirmed, scansSent, paymentsSent }, { erp }) {
  return { orders, shipmentsConfirmed, scansSent, paymentsSent, erp: erp.counts() };
}
