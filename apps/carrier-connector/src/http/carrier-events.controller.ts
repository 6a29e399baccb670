import {
  BadRequestException,
  Controller,
  HttpCode,
  NotFoundException,
  Param,
  Post,
  Req,
  UnauthorizedException,
  UnprocessableEntityException,
  type RawBodyRequest,
} from '@nestjs/common';
import { Access, guardIsOff, ServiceMetrics } from '@railhead/service-kit';
import type { FastifyRequest } from 'fastify';
import type { Carrier, MessageIssue } from '../carrier.js';
import { CARRIERS } from '../carriers/carriers.js';
import { CarrierConfig, type Sender } from '../config.js';
import { MessageIntake } from '../tracking/message-intake.js';

interface Answer {
  readonly scans: number;
  readonly added: number;
  readonly issues: readonly MessageIssue[];
}

/** Where carriers post what they scanned. */
@Controller('carriers')
export class CarrierEventsController {
  constructor(
    private readonly config: CarrierConfig,
    private readonly intake: MessageIntake,
    private readonly metrics: ServiceMetrics,
  ) {}

  @Post(':carrier/events')
  @Access('signed')
  @HttpCode(200)
  async receive(@Param('carrier') name: string, @Req() request: RawBodyRequest<FastifyRequest>): Promise<Answer> {
    const { carrier, senders } = this.find(name);
    const body = request.rawBody;
    if (body === undefined || body.length === 0) throw new BadRequestException('the request has no body');
    const proved = senders.find(({ secret }) => carrier.isAuthentic(body, request.headers, secret));
    const sender = proved ?? (guardIsOff('signature') ? senders[0] : undefined);
    if (sender === undefined) {
      this.metrics.received(carrier.name, 'bad_signature');
      throw new UnauthorizedException('the signature is missing or does not match the body');
    }
    const { read, added } = await this.intake.take(carrier, sender, body);
    if (read.readable) return { scans: read.scans.length, added, issues: read.issues };
    const message = `this is no tracking message as ${carrier.name} sends it; it is kept, but nothing was tracked`;
    throw new UnprocessableEntityException({ error: 'UNREADABLE', message, issues: read.issues });
  }

  private find(name: string): { carrier: Carrier; senders: readonly Sender[] } {
    const carrier = CARRIERS.find((one) => one.name === name);
    const senders = this.config.sendersOf(name);
    if (carrier === undefined || senders.length === 0) throw new NotFoundException('no such carrier is set up here');
    return { carrier, senders };
  }
}
