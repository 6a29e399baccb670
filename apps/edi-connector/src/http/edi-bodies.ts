import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';

/** Nobody has to show a key before a body is read: what people decide, and profiles, are smaller than this. */
const JSON_BYTES_MAX = 1024 * 1024;
/** Where interchanges and AS2 messages are posted: their bodies may be large, so that the route reads them itself. */
const STREAMED = /^\/(edi(\/[a-z0-9-]+)?\/?|as2)(\?|$)/;

/** Hands on bodies as the bytes that came, whatever their content type says; large ones as a stream. */
@Injectable()
export class EdiBodies implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.removeAllContentTypeParsers();
    fastify.addContentTypeParser('*', async (request: FastifyRequest, payload: IncomingMessage) => {
      if (STREAMED.test(request.url)) return payload;
      return jsonOf(await collected(payload));
    });
  }
}

/** A body of JSON. @throws an error with `statusCode` 413 for any other. */
async function collected(payload: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of payload.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > JSON_BYTES_MAX) {
      payload.resume(); // who sends on does not read yet: the answer is to arrive
      throw Object.assign(new Error(`the body is too large: at most ${JSON_BYTES_MAX} bytes are taken`), {
        statusCode: 413,
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Undefined when it is none; the route's own check of the body says what is wrong. */
function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
