import { Injectable, UnauthorizedException } from '@nestjs/common';
import { sameSecret, ServiceContext } from '@railhead/service-kit';
import type { FastifyRequest } from 'fastify';
import { PartnerDirectory } from '../partners/partner-directory.js';
import type { Partner } from '../partners/partner.js';

/** Tells who is behind a request: a partner by its key, or the installation by its token. */
@Injectable()
export class Callers {
  constructor(
    private readonly directory: PartnerDirectory,
    private readonly context: ServiceContext,
  ) {}

  /**
   * @returns the partner whose key it is; `undefined` for the installation's own token, which may send for all.
   * @throws UnauthorizedException for no key, and for one that nobody knows.
   */
  partnerOf({ headers }: FastifyRequest): Partner | undefined {
    const key = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
    if (key === undefined) throw new UnauthorizedException('a key is needed: Authorization: Bearer <id.secret>');
    const internal = this.context.env.INTERNAL_TOKEN;
    if (internal !== undefined && sameSecret(key, internal)) return undefined;
    const partner = this.directory.byKey(key);
    if (partner === undefined) throw new UnauthorizedException('this key is unknown');
    return partner;
  }
}
