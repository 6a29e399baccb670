import { Controller, Post, Req, Res } from '@nestjs/common';
import { Access } from '@railhead/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { uploaded } from '../http/uploaded.js';
import { As2Intake } from './as2-intake.js';
import { As2Settings } from './as2-settings.js';
import type { HeaderFields } from './mime/header-fields.js';

/** Where partners post AS2 messages and receipts. Who they are is proven by their signatures. */
@Controller()
export class As2Controller {
  constructor(
    private readonly intake: As2Intake,
    private readonly settings: As2Settings,
  ) {}

  @Post('as2')
  @Access('signed')
  async take(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const answer = await this.intake.take(headersOf(request), uploaded(request, this.settings.bytesMax));
    void reply.status(answer.status);
    for (const [name, value] of answer.headers) void reply.header(name, value);
    await reply.send(answer.body);
  }
}

/** A field that came several times has all its values: it fits nobody, which is right. */
function headersOf({ headers }: FastifyRequest): HeaderFields {
  return new Map(
    Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}
