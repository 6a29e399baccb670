import {
  Controller,
  Header,
  HttpCode,
  HttpException,
  NotFoundException,
  Param,
  Post,
  Req,
  type RawBodyRequest,
} from '@nestjs/common';
import type { DocumentIssue } from '@railhead/contracts';
import { Access } from '@railhead/service-kit';
import type { FastifyRequest } from 'fastify';
import { MessageDoor } from '../reading/message-door.js';
import { Organizations } from '../reading/organizations.js';

/** The only answer that Salesforce takes for "received"; anything else is sent again for a day. */
const ACKNOWLEDGED = `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>
`;

/** Where Salesforce pushes outbound messages to. The address is secret: the messages are not signed. */
@Controller()
export class OutboundMessagesController {
  constructor(
    private readonly organizations: Organizations,
    private readonly door: MessageDoor,
  ) {}

  @Post('salesforce/:secret/outbound-messages')
  @Access('signed')
  @HttpCode(200)
  @Header('content-type', 'text/xml; charset=utf-8')
  async take(@Param('secret') secret: string, @Req() request: RawBodyRequest<FastifyRequest>): Promise<string> {
    const organization = this.organizations.withPathSecret(secret);
    if (organization === undefined) throw new NotFoundException('there is nothing here');
    const issues = await this.door.take(organization, request.rawBody ?? Buffer.alloc(0));
    if (issues.length > 0) throw refusal(issues);
    return ACKNOWLEDGED;
  }
}

function refusal(issues: readonly DocumentIssue[]): HttpException {
  const isForeign = issues.some((issue) => issue.code === 'OTHER_ORGANIZATION');
  const error = isForeign ? 'FORBIDDEN' : 'BAD_REQUEST';
  return new HttpException({ error, message: 'this outbound message is not taken', issues }, isForeign ? 403 : 400);
}
