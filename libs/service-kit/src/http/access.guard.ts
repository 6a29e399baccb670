import {
  ForbiddenException,
  Injectable,
  UnauthorizedException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { createHash, timingSafeEqual } from 'node:crypto';
import { guardIsOff } from '../runtime/crash.js';
import { ServiceContext } from '../nest/service-context.js';
import { ACCESS, Authenticator, ROLES, type AccessRule, type Caller } from './access.js';

export type AuthenticatedRequest = FastifyRequest & { caller?: Caller };

/** The API key that a request came with. */
export function keyIn(request: FastifyRequest): string | undefined {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const header = request.headers['x-api-key'];
  return bearer ?? (typeof header === 'string' ? header : undefined);
}

/** Compares secrets without telling by the time it takes how much of them is right. */
export function sameSecret(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

/** What everybody would be if nobody asked for roles and accounts: one of our own people who may do anything. */
function entitledToAll({ id }: Caller): Caller {
  return { id, roles: ROLES };
}

/** Deny by default: a route is open only to those its `@Access` rule names. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
    private readonly context: ServiceContext,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (rule === undefined) throw new ForbiddenException('this route is closed: it names nobody who may call it');
    if (rule === 'public' || rule === 'signed') return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const key = keyIn(request);
    if (key === undefined) throw new UnauthorizedException('an API key is needed: Authorization: Bearer <key>');
    if (rule === 'internal') return this.isInternal(key);
    const caller = await this.authenticator.callerOf(key);
    if (caller === undefined) throw new UnauthorizedException('this API key is unknown, expired or revoked');
    request.caller = guardIsOff('roles') ? entitledToAll(caller) : caller;
    const { roles } = request.caller;
    if (roles.includes('admin') || roles.some((role) => rule.roles.includes(role))) return true;
    throw new ForbiddenException(`this needs one of the roles: ${rule.roles.join(', ')}`);
  }

  private isInternal(key: string): boolean {
    const expected = this.context.env.INTERNAL_TOKEN;
    if (expected !== undefined && sameSecret(key, expected)) return true;
    throw new UnauthorizedException('this route is for services of this installation');
  }
}
