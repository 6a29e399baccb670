import {
  Controller,
  ForbiddenException,
  HttpException,
  NotFoundException,
  Param,
  Post,
  Req,
  Res,
} from '@nestjs/common';
import type { DocumentIssue } from '@railhead/contracts';
import { Access } from '@railhead/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DocumentTooLarge } from '../door/document-keeper.js';
import { EdiDoor } from '../door/edi-door.js';
import { EdiSettings } from '../door/edi-settings.js';
import type { Receipt } from '../door/receipt.js';
import { PartnerDirectory } from '../partners/partner-directory.js';
import type { Partner } from '../partners/partner.js';
import { Callers } from './callers.js';
import { tooLarge, uploaded } from './uploaded.js';

const X12 = 'application/edi-x12';

/** Where partners post interchanges, with their own key; and operators, with the installation's token. */
@Controller()
export class EdiController {
  constructor(
    private readonly door: EdiDoor,
    private readonly directory: PartnerDirectory,
    private readonly callers: Callers,
    private readonly settings: EdiSettings,
  ) {}

  @Post('edi')
  @Access('signed')
  async take(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const sender = this.callers.partnerOf(request);
    await this.answer(request, reply, sender, sender);
  }

  @Post('edi/:partner')
  @Access('signed')
  async takeFor(
    @Param('partner') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const sender = this.callers.partnerOf(request);
    const partner = this.directory.byName(name);
    if (sender !== undefined && sender.name !== name) throw new ForbiddenException('this key is of another partner');
    if (partner === undefined) throw new NotFoundException(`there is no partner ${name}`);
    await this.answer(request, reply, partner, sender);
  }

  private async answer(
    request: FastifyRequest,
    reply: FastifyReply,
    owner: Partner | undefined,
    sender: Partner | undefined,
  ): Promise<void> {
    const taken = await this.receiptOf(request, owner);
    if (taken === undefined) throw new Error('only files are known by an identity');
    const receipt = sender === undefined ? taken : asToldTo(sender, taken);
    void reply.header('x-railhead-document', receipt.documentId);
    if (receipt.outcome === 'kept') return later(reply, receipt.documentId);
    if (receipt.interchanges.length === 0) throw refusalOf(receipt);
    const wantsJson = /\bapplication\/json\b/i.test(request.headers.accept ?? '');
    void reply.status(200);
    await (wantsJson ? reply.send(bodyOf(receipt)) : reply.header('content-type', X12).send(receipt.answer));
  }

  private async receiptOf(request: FastifyRequest, owner: Partner | undefined): Promise<Receipt | undefined> {
    const { documentBytesMax } = this.settings;
    try {
      return await this.door.takeStream(uploaded(request, documentBytesMax), { channel: 'http', owner });
    } catch (error) {
      if (error instanceof DocumentTooLarge) throw tooLarge(documentBytesMax);
      throw error;
    }
  }
}

/** We have it and did not read it yet: what comes of it is told where it can be fetched. */
async function later(reply: FastifyReply, documentId: string): Promise<void> {
  const location = `/edi/documents/${documentId}`;
  const message = `the document is kept; what becomes of it is told at ${location}`;
  await reply.status(202).header('location', location).send({ documentId, state: 'kept', location, message });
}

/** Whose else's ids we know is nobody's business: to a partner, an id that nobody has is like one that another has. */
function asToldTo({ name }: Partner, receipt: Receipt): Receipt {
  const message = `interchanges of others may not come through the channel of ${name}`;
  const told = (one: DocumentIssue): DocumentIssue =>
    /^(UNKNOWN_PARTNER|WRONG_SENDER)$/.test(one.code) ? { ...one, code: 'WRONG_SENDER', message } : one;
  return { ...receipt, issues: receipt.issues.map(told), refusals: receipt.refusals.map(told) };
}

/** For a document that nobody can be answered for in X12. It is kept; the answer says where it is wrong. */
function refusalOf({ refusals, documentId }: Receipt): HttpException {
  const [first] = refusals;
  const status = first?.code === 'WRONG_SENDER' ? 403 : first?.code === 'UNKNOWN_PARTNER' ? 422 : 400;
  const message = first === undefined ? 'no interchange was found' : first.message;
  return new HttpException(
    { error: first?.code ?? 'NOT_X12', message, accepted: false, documentId, issues: refusals },
    status,
  );
}

function bodyOf({ documentId, outcome, issues, notes, interchanges, answer }: Receipt): object {
  return {
    accepted: outcome !== 'rejected',
    duplicate: outcome === 'duplicate',
    documentId,
    message: {
      accepted: 'taken',
      duplicate: 'we had this already',
      rejected: 'not all of it could be taken',
      kept: '',
    }[outcome],
    issues,
    notes,
    orders: interchanges.flatMap(({ orders }) => orders),
    acknowledgment: answer.toString('utf8'),
  };
}
