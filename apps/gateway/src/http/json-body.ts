import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readJson } from '../domain/intake/json-fault.js';

/** The route that reads its own bytes: what it refuses is kept, and its sender must be known first. */
const OWN_READER = /^\/v1\/orders\/?(\?|$)/;

/** JSON bodies: raw bytes beside the parsed value, and a fault with its line and column. */
@Injectable()
export class JsonBody implements OnModuleInit {
  private isRegistered = false;

  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    if (this.isRegistered) return; // Nest calls this for the HTTP side and again for the bus side
    this.isRegistered = true;
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.removeContentTypeParser('application/json');
    const parseSafely = fastify.getDefaultJsonParser('error', 'error');
    fastify.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
      (request as FastifyRequest & { rawBody?: Buffer }).rawBody = body;
      if (OWN_READER.test(request.url)) return done(null, undefined);
      const read = readJson(body.toString('utf8'));
      if (!read.ok)
        return done(
          Object.assign(new Error(`the body cannot be read: ${read.issue.at}: ${read.issue.message}`), {
            statusCode: 400,
          }),
        );
      void parseSafely(request, body.toString('utf8'), done);
    });
  }
}
