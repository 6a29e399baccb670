import { Injectable, type OnModuleInit, type RawBodyRequest } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/**
 * Hands bodies on as the bytes that came, whatever their content type says: a signature is over bytes, and a message
 * that is no JSON must be kept, not refused by a parser in front of us. JSON routes still find their body parsed.
 */
@Injectable()
export class RawBodies implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.removeAllContentTypeParsers();
    fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
      (request as RawBodyRequest<FastifyRequest>).rawBody = body as Buffer;
      done(null, jsonOf(body as Buffer));
    });
  }
}

/** What operators decide is short. What is larger is a message, and nobody parses one before its signature is checked. */
const JSON_BYTES_MAX = 64 * 1024;

/** Undefined when it is none; the route's own check of the body says what is wrong. */
function jsonOf(body: Buffer): unknown {
  if (body.length > JSON_BYTES_MAX) return undefined;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
