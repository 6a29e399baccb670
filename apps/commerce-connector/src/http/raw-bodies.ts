import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';

type RawRequest = { rawBody?: Buffer };

/**
 * Takes bodies as bytes, whatever they are. Whether a body is JSON may be asked only after its signature was checked;
 * the usual parser would answer before that, and the document would not be kept.
 */
@Injectable()
export class RawBodies implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance() as FastifyInstance;
    fastify.removeAllContentTypeParsers();
    fastify.addContentTypeParser<Buffer>('*', { parseAs: 'buffer' }, (request, body, done) => {
      (request as RawRequest).rawBody = body;
      done(null, jsonOrNothing(body));
    });
  }
}

function jsonOrNothing(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
