import { SetMetadata, type CustomDecorator } from '@nestjs/common';

export const ROLES = [
  'admin',
  'ops',
  'sales',
  'credit',
  'customer-service',
  'warehouse',
  'finance',
  'partner',
  'viewer',
] as const;
export type Role = (typeof ROLES)[number];

/**
 * Who may call a route. Every route says it; a route that does not is closed.
 * `public`: anybody; `signed`: the handler itself proves the sender (webhook signature, partner key); `internal`: other
 * services of this installation; roles: a person or program whose API key has one of them.
 */
export type AccessRule = 'public' | 'signed' | 'internal' | { readonly roles: readonly Role[] };

export const ACCESS = 'railhead:access';

export function Access(rule: AccessRule): CustomDecorator {
  return SetMetadata(ACCESS, rule);
}

/** Who is calling. */
export interface Caller {
  readonly id: string;
  readonly roles: readonly Role[];
  /** The account whose orders a partner's key may see; absent for our own people. */
  readonly accountId?: string | undefined;
}

/** Finds out who is behind an API key. Services without keys of their own know nobody. */
export abstract class Authenticator {
  /** @param key - As in `Authorization: Bearer <key>` or `X-Api-Key`. Undefined: unknown, expired or revoked. */
  abstract callerOf(key: string): Promise<Caller | undefined>;
}

export class NobodyAuthenticator extends Authenticator {
  override async callerOf(): Promise<undefined> {
    return undefined;
  }
}
