import { TaskClaimed, TaskClosed, TaskDecided, TaskEscalated, TaskOpened } from '@railhead/contracts';
import { factsOf, groupedBy, type Fact } from '../fact.js';
import type { FileTask } from './order-file.js';

/** What people have to decide about an order, and how far they are. */
export function tasksOf(story: readonly Fact[]): FileTask[] {
  const facts = story.filter((fact) => fact.type.startsWith('task.'));
  const groups = groupedBy(facts, (fact) => (fact.data as { taskId: string }).taskId);
  return [...groups].map(([taskId, own]) => taskOf(taskId, own));
}

function taskOf(taskId: string, story: readonly Fact[]): FileTask {
  const opened = factsOf(story, TaskOpened)[0]?.data;
  const escalated = factsOf(story, TaskEscalated).at(-1)?.data;
  return {
    taskId,
    kind: opened?.kind,
    detail: opened?.detail,
    ownerRole: escalated?.ownerRole ?? opened?.ownerRole,
    openedAt: opened?.at,
    dueAt: opened?.dueAt,
    state: stateOf(story),
  };
}

function stateOf(story: readonly Fact[]): FileTask['state'] {
  if (factsOf(story, TaskClosed).length > 0) return 'closed';
  if (factsOf(story, TaskDecided).length > 0) return 'decided';
  return factsOf(story, TaskClaimed).length > 0 ? 'claimed' : 'open';
}
