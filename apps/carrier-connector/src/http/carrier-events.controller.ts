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
import { CarrierConfig } from '../config.js';
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
    const { carrier, secrets } = this.find(name);
    const body = request.rawBody;
    if (body === undefined || body.length === 0) throw new BadRequestException('the request has no body');
    const isAuthentic = secrets.some((secret) => carrier.isAuthentic(body, request.headers, secret));
    if (!isAuthentic && !guardIsOff('signature')) {
      this.metrics.received(carrier.name, 'bad_signature');
      throw new UnauthorizedException('the signature is missing or does not match the body');
    }
    const { read, added } = await this.intake.take(carrier, body);
    if (read.readable) return { scans: read.scans.length, added, issues: read.issues };
    const message = `this is no tracking message as ${carrier.name} sends it; it is kept, but nothing was tracked`;
    throw new UnprocessableEntityException({ error: 'UNREADABLE', message, issues: read.issues });
  }

  private find(name: string): { carrier: Carrier; secrets: readonly string[] } {
    const carrier = CARRIERS.find((one) => one.name === name);
    const secrets = this.config.secretsOf(name);
    if (carrier === undefined || secrets.length === 0) throw new NotFoundException('no such carrier is set up here');
    return { carrier, secrets };
  }
}
