import {
  Controller,
  Delete,
  ForbiddenException,
  Get,
  HttpCode,
  Inject,
  NotFoundException,
  Param,
  Req,
  Res,
} from '@nestjs/common';
import { Access, Clock, Work } from '@railhead/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OutboxFolder, type OutboxFile } from '../folder/outbox-folder.js';
import type { Partner } from '../partners/partner.js';
import { OutboundStore } from '../store/outbound.store.js';
import { Surroundings } from '../surroundings.js';
import { Callers } from './callers.js';

const X12 = 'application/edi-x12';

/** Where partners fetch what is for them, with their own key: list, take, and say that they have it. */
@Controller()
export class OutboxController {
  private readonly folder: OutboxFolder;

  constructor(
    private readonly callers: Callers,
    private readonly outbound: OutboundStore,
    private readonly work: Work,
    private readonly clock: Clock,
    @Inject(Surroundings) { config }: Surroundings,
  ) {
    this.folder = new OutboxFolder(config.home);
  }

  @Get('edi/outbox')
  @Access('signed')
  async list(@Req() request: FastifyRequest): Promise<{ files: readonly OutboxFile[] }> {
    return { files: await this.folder.list(this.partnerOf(request).name) };
  }

  @Get('edi/outbox/:file')
  @Access('signed')
  async fetch(@Param('file') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const bytes = await this.folder.read(this.partnerOf(request).name, name);
    if (bytes === undefined) throw new NotFoundException(`there is no file ${name}`);
    await reply.header('content-type', X12).send(bytes);
  }

  /** They have it: it goes out of their sight. A second time is no fault, the first answer may have been lost. */
  @Delete('edi/outbox/:file')
  @HttpCode(204)
  @Access('signed')
  async taken(@Param('file') name: string, @Req() request: FastifyRequest): Promise<void> {
    const partner = this.partnerOf(request);
    await this.work.run((tx) => this.outbound.taken(partner.name, name, this.clock.now(), tx));
    await this.folder.remove(partner.name, name);
  }

  private partnerOf(request: FastifyRequest): Partner {
    const partner = this.callers.partnerOf(request);
    if (partner === undefined) throw new ForbiddenException('an outbox is fetched with the key of its partner');
    return partner;
  }
}
