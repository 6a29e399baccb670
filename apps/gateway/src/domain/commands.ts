import type { FileHold, OrderFile } from './file/order-file.js';
import type { FiledTask } from './task-row.js';

/** Whether somebody may ask for something: yes, or why not. The stages judge again; this spares people a wait for nothing. */
export type Ruling =
  { readonly ok: true } | { readonly ok: false; readonly because: 'state' | 'role'; readonly message: string };

const YES: Ruling = { ok: true };

function no(because: 'state' | 'role', message: string): Ruling {
  return { ok: false, because, message };
}

/** A hold is released by the role that owns it. */
export function mayRelease(file: OrderFile, holdId: string | undefined, roles: readonly string[]): Ruling {
  const active = activeHolds(file).filter((hold) => holdId === undefined || hold.holdId === holdId);
  if (active.length === 0)
    return no(
      'state',
      `the order is ${file.status}: ${holdId === undefined ? 'no hold' : `no hold ${holdId}`} is active`,
    );
  return ownerRuling(active, roles);
}

/** A held order is rejected by whoever could release any of its holds. */
export function mayReject(file: OrderFile, roles: readonly string[]): Ruling {
  const active = activeHolds(file);
  // Another copy holds an order wherever it stands: what is accepted already is cancelled, not rejected.
  if (active.length === 0 || file.status !== 'on-hold')
    return no('state', `the order is ${file.status}: only an order on hold can be rejected`);
  if (active.some((hold) => owns(hold, roles))) return YES;
  return ownerRuling(active, roles);
}

/** Nothing that happens later need end these: somebody says that they are seen to. All others end by themselves. */
const SEEN_TO_BY_PEOPLE = new Set(['payment-not-booked', 'parcel-lost', 'sent-elsewhere']);

/** A task is closed by the role that has it, where nothing else would close it. */
export function mayClose({ kind, ownerRole, state }: FiledTask, roles: readonly string[]): Ruling {
  if (!SEEN_TO_BY_PEOPLE.has(kind)) return no('state', `${kind} closes by itself when it is decided: it says how`);
  if (state === 'closed' || state === 'decided') return no('state', 'the task is closed already');
  return roles.includes('admin') || roles.includes(ownerRole)
    ? YES
    : no('role', `not yours to decide: ${kind} is for ${ownerRole}`);
}

const CLOSED = new Set(['rejected', 'cancelled', 'settled', 'shipped', 'delivered', 'invoiced']);

/** What has shipped cannot be cancelled any more. */
export function mayCancel(file: OrderFile): Ruling {
  return CLOSED.has(file.status) ? no('state', `the order is ${file.status}: nothing is left to cancel`) : YES;
}

function activeHolds(file: OrderFile): FileHold[] {
  return file.holds.filter((hold) => hold.state === 'active');
}

function ownerRuling(holds: readonly FileHold[], roles: readonly string[]): Ruling {
  const foreign = holds.filter((hold) => !owns(hold, roles));
  if (foreign.length === 0) return YES;
  const missing = [...new Set(foreign.map((hold) => `${hold.code} is for ${hold.ownerRole}`))];
  return no('role', `not yours to decide: ${missing.join(', ')}`);
}

function owns(hold: FileHold, roles: readonly string[]): boolean {
  return roles.includes('admin') || roles.includes(hold.ownerRole);
}
