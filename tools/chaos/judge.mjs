import {
  answers,
  countedOnce,
  documentsSent,
  filesAgree,
  heldByErp,
  oneEffect,
  oneFate,
  tablesAgree,
} from './checks/checks.mjs';
import { orderStatuses } from './checks/order-files.mjs';
import { documentsKept } from './checks/raw-documents.mjs';
import { deadLettersAre } from './poison/poison.mjs';
import { markOf } from './world.mjs';

/** Everything that is wrong after a run, in sentences; see checks/checks.mjs. */
export async function judge({ cluster, journal, tables, world, outside, ledger, isolation, rest, poison, injected }) {
  const { orders, shipmentsConfirmed, scansSent, paymentsSent } = world.books;
  const reports = [...shipmentsConfirmed, ...scansSent, ...paymentsSent];
  const faults = [
    ...(rest.left === undefined ? [] : [`rest: not within 60 s: ${JSON.stringify(rest.left)}`]),
    ...ledger.bad,
    ...isolation.bad,
    ...journal.faults,
    ...journal.gaps(),
    ...answers(orders, reports),
    ...oneFate(journal, orders),
    ...oneEffect(journal, orders),
    ...countedOnce(journal, await tables.tally()),
    ...tablesAgree(journal, await tables.totals(), await tables.money(), orders),
    ...filesAgree(await orderStatuses(cluster), orders),
    ...documentsSent(orders),
    ...(await documentsKept(tables, world.plan, markOf)),
    ...deadLettersAre(poison, await tables.parked(), journal.deadLetters),
    ...heldByErp(outside.erp.counts(), journal, orders),
    ...injected.done.filter(({ error }) => error !== undefined).map(({ kind, error }) => `rig: ${kind}: ${error}`),
  ];
  if (cluster.events.length + injected.done.length === 0 && journal.twice > 0)
    faults.push(`relay: ${journal.twice} records published twice though nothing failed`);
  return faults;
}

/** What became of everything that was sent in. */
export function fates(journal, { orders }) {
  const all = [...orders.values()];
  const count = (holds) => all.filter(holds).length;
  return {
    sent: all.length,
    accepted: count(({ accepted }) => accepted !== undefined),
    refused: count(({ refused }) => refused !== undefined),
    captured: journal.count('order.captured'),
    rejected: journal.count('order.rejected'),
    duplicates: journal.count('document.duplicated'),
    documentsRejected: journal.count('document.rejected'),
    copiesSent: all.reduce((sum, { copies }) => sum + copies.length, 0),
    requestsSentAgain: all.reduce((sum, { attempts }) => sum + Math.max(0, attempts.length - 1), 0),
  };
}
