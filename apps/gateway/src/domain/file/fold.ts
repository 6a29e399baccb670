import { OrderRejected } from '@railhead/contracts';
import { factsOf, storyOf, type Fact } from '../fact.js';
import { conflictingCopies, copiesOf, headingOf, standingOf } from './copies.js';
import { displayStatus, toldBy } from './display-status.js';
import { documentsOf } from './documents.js';
import { endedWithOrder, holdsOf } from './holds.js';
import { linesOf } from './lines.js';
import { invoicesOf, paymentsOf } from './money.js';
import { nextStepOf } from './next-step.js';
import type { OrderFile } from './order-file.js';
import { shipmentsOf } from './shipments.js';
import { tasksOf } from './tasks.js';
import { timelineOf } from './timeline.js';
import { totalOf } from './total.js';

/**
 * The order file: a fold over the facts of one order. Facts may come late, repeated and in any order; the file is the
 * same. Undefined when nothing at all is known.
 *
 * @param facts - What was told under the order's id, and the payments that were applied to it.
 */
export function orderFileOf(orderId: string, facts: readonly Fact[]): OrderFile | undefined {
  const story = storyOf(facts);
  const last = story.at(-1);
  if (last === undefined) return undefined;
  const copies = copiesOf(story);
  const { counted } = copies;
  const standing = standingOf(story, copies);
  const axes = {
    told: toldBy(standing),
    lines: linesOf(standing, counted?.data),
    holds: holdsOf(standing),
    rejection: rejectionOf(standing),
    shipments: shipmentsOf(standing),
    invoices: invoicesOf(standing),
  };
  const status = displayStatus(axes);
  const { told: _told, ...rest } = axes;
  const shown = { ...rest, holds: endedWithOrder(axes.holds, status, standing) };
  const tasks = tasksOf(story);
  const conflicts = conflictingCopies(copies, story, shown.holds);
  return {
    orderId,
    status,
    nextStep: nextStepOf(status, standing, { orderId, ...shown, tasks, conflictingCopies: conflicts }),
    ...headingOf(counted),
    total: totalOf(standing, counted?.data),
    capturedAt: counted?.time ?? null,
    updatedAt: last.time,
    ...shown,
    payments: paymentsOf(story),
    documents: documentsOf(story),
    tasks,
    conflictingCopies: conflicts,
    timeline: timelineOf(story),
    order: counted?.data ?? null,
  };
}

function rejectionOf(story: readonly Fact[]): OrderFile['rejection'] {
  const rejected = factsOf(story, OrderRejected)[0];
  if (rejected === undefined) return null;
  return { reasons: rejected.data.reasons, withdrawn: rejected.data.withdrawn, at: rejected.time };
}
