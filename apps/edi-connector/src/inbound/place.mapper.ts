import type { Party } from '@railhead/contracts';
import type { Loop } from '@railhead/x12';
import { identifierOf, roleOf, toParty } from './party.mapper.js';
import { valueOf, type Trail } from './trail.js';

/** The places to ship to that the header names. */
export class Places {
  private readonly loops: readonly Loop[];

  constructor(n1s: readonly Loop[]) {
    this.loops = n1s.filter((loop) => roleOf(loop) === 'shipTo');
  }

  /** The one place for the whole order. Several are the addresses of places that the lines name. */
  get only(): Loop | undefined {
    return this.loops.length === 1 ? this.loops[0] : undefined;
  }

  /** Whether lines must say which of the places they go to. */
  get areSeveral(): boolean {
    return this.loops.length > 1;
  }

  /** The first of several: where a fault is shown when a line does not say where it goes. */
  get second(): Loop | undefined {
    return this.loops[1];
  }

  /** Name and address of a place that a line names by its id, noted as read. */
  known(scheme: string, value: string, at: string, trail: Trail, line: number): Party | undefined {
    const loop = this.loops.find(({ head }) => {
      const id = identifierOf(head);
      return id?.scheme === scheme && id.value === value;
    });
    return loop === undefined ? undefined : toParty(loop, 'shipTo', at, trail, line);
  }

  /** The same when a line's N1 gives only the id. */
  completed(loop: Loop, at: string, trail: Trail, line: number): Party {
    const own = toParty(loop, 'shipTo', at, trail, line);
    const [id] = own.identifiers;
    const isBare = id !== undefined && own.name === undefined && own.postalAddress === undefined;
    return (isBare ? this.known(id.scheme, id.value, at, trail, line) : undefined) ?? own;
  }
}

/** The N1 loops of a line that say where it goes. */
export const shipTosIn = (n1s: readonly Loop[]): readonly Loop[] =>
  n1s.length === 0 ? n1s : n1s.filter((loop) => roleOf(loop) === 'shipTo' && valueOf(loop.head, 1) !== undefined);
