import { expect, it } from '@jest/globals';
import type { HttpAdapterHost } from '@nestjs/core';
import { RawBodies } from './raw-bodies.js';

type Parser = (request: { rawBody?: Buffer }, body: Buffer, done: (error: null, parsed: unknown) => void) => void;

/** What a route finds of a body: the bytes, and the value parsed from them. */
function found(text: string): { bytes: number | undefined; parsed: unknown } {
  let parser: Parser | undefined;
  const fastify = {
    removeAllContentTypeParsers: () => undefined,
    addContentTypeParser: (_type: string, _options: object, given: Parser) => void (parser = given),
  };
  new RawBodies({ httpAdapter: { getInstance: () => fastify } } as unknown as HttpAdapterHost).onModuleInit();
  const request: { rawBody?: Buffer } = {};
  let parsed: unknown;
  parser!(request, Buffer.from(text), (_error, value) => void (parsed = value));
  return { bytes: request.rawBody?.length, parsed };
}

it('a decision of an operator is parsed; a message as large as messages are is only handed on', () => {
  const decision = '{"action":"replay"}';
  expect(found(decision)).toEqual({ bytes: 19, parsed: { action: 'replay' } });
  const message = `{"line_items":[${'{},'.repeat(30_000)}{}]}`;
  expect(found(message)).toEqual({ bytes: message.length, parsed: undefined });
});
