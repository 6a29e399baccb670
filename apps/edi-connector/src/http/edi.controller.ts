import {
  Controller,
  ForbiddenException,
  HttpException,
  NotFoundException,
  Param,
  Post,
  Req,
  Res,
  UnauthorizedException,
  type RawBodyRequest,
} from '@nestjs/common';
import { Access, sameSecret, ServiceContext } from '@railhead/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EdiDoor } from '../door/edi-door.js';
import type { Receipt } from '../door/receipt.js';
import { PartnerDirectory } from '../partners/partner-directory.js';
import type { Partner } from '../partners/partner.js';

const X12 = 'application/edi-x12';

/** Where partners post interchanges, with their own key; and operators, with the installation's token. */
@Controller()
export class EdiController {
  constructor(
    private readonly door: EdiDoor,
    private readonly directory: PartnerDirectory,
    private readonly context: ServiceContext,
  ) {}

  @Post('edi')
  @Access('signed')
  take(@Req() request: RawBodyRequest<FastifyRequest>, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(request, reply, this.senderOf(request));
  }

  @Post('edi/:partner')
  @Access('signed')
  async takeFor(
    @Param('partner') name: string,
    @Req() request: RawBodyRequest<FastifyRequest>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const sender = this.senderOf(request);
    const partner = this.directory.byName(name);
    if (sender !== undefined && sender.name !== name) throw new ForbiddenException('this key is of another partner');
    if (partner === undefined) throw new NotFoundException(`there is no partner ${name}`);
    return this.answer(request, reply, partner);
  }

  /** The partner whose key it is; `undefined` for the installation's own token, which may send for all. */
  private senderOf({ headers }: FastifyRequest): Partner | undefined {
    const key = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
    if (key === undefined) throw new UnauthorizedException('a key is needed: Authorization: Bearer <id.secret>');
    const internal = this.context.env.INTERNAL_TOKEN;
    if (internal !== undefined && sameSecret(key, internal)) return undefined;
    const partner = this.directory.byKey(key);
    if (partner === undefined) throw new UnauthorizedException('this key is unknown');
    return partner;
  }

  private async answer(
    request: RawBodyRequest<FastifyRequest>,
    reply: FastifyReply,
    owner: Partner | undefined,
  ): Promise<void> {
    const receipt = await this.door.take({ bytes: request.rawBody ?? Buffer.alloc(0), channel: 'http', owner });
    if (receipt === undefined) throw new Error('only files are known by an identity');
    if (receipt.interchanges.length === 0) throw refusalOf(receipt);
    const wantsJson = /\bapplication\/json\b/i.test(request.headers.accept ?? '');
    void reply.status(200).header('x-railhead-document', receipt.documentId);
    await (wantsJson ? reply.send(bodyOf(receipt)) : reply.header('content-type', X12).send(receipt.answer));
  }
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

function bodyOf({ documentId, outcome, issues, interchanges, answer }: Receipt): object {
  return {
    accepted: outcome !== 'rejected',
    duplicate: outcome === 'duplicate',
    documentId,
    message: { accepted: 'taken', duplicate: 'we had this already', rejected: 'not all of it could be taken' }[outcome],
    issues,
    orders: interchanges.flatMap(({ orders }) => orders),
    acknowledgment: answer.toString('utf8'),
  };
}
