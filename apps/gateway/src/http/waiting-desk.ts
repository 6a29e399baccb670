import { ConflictException, Injectable, NotFoundException } from '@nestjs/common';
import { parseBody, type AuthenticatedRequest } from '@railhead/service-kit';
import { z } from 'zod';
import { callerOf } from './door.js';
import { ServiceClient } from './service-client.js';

export const DecisionBody = z
  .strictObject({ action: z.enum(['replay', 'discard']), reason: z.string().trim().min(3).max(500) })
  .meta({ id: 'ParkedDecision' });

/** What services set aside under numbers of their own, and why it may not be decided about. */
const KINDS = {
  parked: {
    what: 'message',
    not: 'is not dead: only a dead message can be replayed or discarded',
  },
  deliveries: {
    what: 'delivery',
    not: 'has not failed (any more): only what was given up can be replayed or discarded',
  },
} as const;
type Kind = keyof typeof KINDS;

/** What waits in a service for somebody to look at it and decide. */
@Injectable()
export class WaitingDesk {
  constructor(private readonly services: ServiceClient) {}

  async show(kind: Kind, service: string, id: string): Promise<object> {
    return { service, ...((await this.services.ask(service, placeOf(kind, id))) as object) };
  }

  /** Hands on what the caller decides, and why. */
  async decide(
    kind: Kind,
    service: string,
    id: string,
    request: AuthenticatedRequest,
    body: unknown,
  ): Promise<{ done: true }> {
    const { action, reason } = parseBody(DecisionBody, body);
    const answer = await this.services.ask(service, placeOf(kind, id), { action, reason, actor: callerOf(request).id });
    if ((answer as { done: boolean }).done) return { done: true };
    throw new ConflictException(`${KINDS[kind].what} ${id} of ${service} ${KINDS[kind].not}`);
  }
}

/** @throws NotFoundException for what cannot be a number. */
function placeOf(kind: Kind, id: string): string {
  if (/^\d{1,18}$/.test(id)) return `${kind}/${id}`;
  throw new NotFoundException(`there is no ${KINDS[kind].what} ${id}`);
}
