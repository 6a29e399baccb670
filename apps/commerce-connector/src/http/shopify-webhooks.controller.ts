import {
  Controller,
  Headers,
  HttpCode,
  HttpException,
  NotFoundException,
  Param,
  Post,
  Req,
  type RawBodyRequest,
} from '@nestjs/common';
import type { DocumentIssue } from '@railhead/contracts';
import { Access, guardIsOff, ServiceContext, ServiceMetrics, type DoorOutcome } from '@railhead/service-kit';
import type { FastifyRequest } from 'fastify';
import { readDelivery, type Delivery } from '../shopify/delivery.js';
import { ShopDirectory, type Shop } from '../shopify/shop.js';
import { isSigned } from '../shopify/signature.js';
import { WebhookDoor, type Answer } from '../shopify/webhook-door.js';

/** Topics that carry a whole order, all read alike: what counts is what the order says. Of an edit only the changes come. */
const TOPICS = new Set(['orders/create', 'orders/updated', 'orders/edited', 'orders/paid', 'orders/cancelled']);

const METRIC: Record<Answer['outcome'], DoorOutcome> = {
  captured: 'accepted',
  'cancel-requested': 'accepted',
  duplicate: 'duplicate',
  noted: 'accepted',
  rejected: 'rejected',
};

/** Where shops push their orders to; one address per shop. */
@Controller()
export class ShopifyWebhooksController {
  constructor(
    private readonly door: WebhookDoor,
    private readonly shops: ShopDirectory,
    private readonly metrics: ServiceMetrics,
    private readonly context: ServiceContext,
  ) {}

  @Post('shopify/:shop/webhooks')
  @Access('signed')
  @HttpCode(200)
  async take(
    @Param('shop') domain: string,
    @Headers() headers: Record<string, string | undefined>,
    @Req() request: RawBodyRequest<FastifyRequest>,
  ): Promise<Answer> {
    const shop = this.shops.find(domain);
    if (shop === undefined) throw new NotFoundException(`no shop ${domain} is set up here`);
    const body = request.rawBody ?? Buffer.alloc(0);
    const delivery = this.authentic(shop, headers, body);
    if (!TOPICS.has(delivery.topic))
      throw new NotFoundException(`webhooks of the topic ${delivery.topic} are not taken here`);
    const answer = await this.door.take({ shop, topic: delivery.topic, body });
    this.metrics.received(delivery.topic, METRIC[answer.outcome]);
    this.context.log.info(
      { shop: shop.domain, topic: delivery.topic, ...answer, issues: answer.issues?.length },
      'webhook taken',
    );
    if (answer.issues?.[0]?.code === 'NOT_JSON')
      throw refusal(400, 'the body is not JSON', answer.issues, answer.documentId);
    return answer;
  }

  /** Nothing is kept of what does not come from the shop. @throws HttpException 400 or 401. */
  private authentic(shop: Shop, headers: Record<string, string | undefined>, body: Buffer): Delivery {
    const delivery = readDelivery(headers, shop.domain);
    const issues = Array.isArray(delivery) ? [...delivery] : [];
    if (body.length === 0) issues.push({ code: 'BODY_MISSING', at: 'body', message: 'the request has no body' });
    if (Array.isArray(delivery) || issues.length > 0) throw refusal(400, 'this is not a webhook', issues);
    if (!isSigned(body, delivery.signature, shop.secrets) && !guardIsOff('signature')) {
      this.metrics.received('unsigned', 'bad_signature');
      throw refusal(401, 'the signature is not that of this shop', [
        {
          code: 'BAD_SIGNATURE',
          at: 'X-Shopify-Hmac-Sha256',
          message: 'is not the HMAC-SHA256 of the body under a secret of this shop',
        },
      ]);
    }
    if (shop.apiVersion !== undefined && delivery.apiVersion !== undefined && delivery.apiVersion !== shop.apiVersion) {
      this.context.log.warn(
        { shop: shop.domain, expected: shop.apiVersion, got: delivery.apiVersion },
        'webhook in another API version',
      );
    }
    return delivery;
  }
}

function refusal(
  status: number,
  message: string,
  issues: readonly DocumentIssue[],
  documentId?: string,
): HttpException {
  const error = status === 401 ? 'UNAUTHORIZED' : 'BAD_REQUEST';
  return new HttpException({ error, message, issues, ...(documentId !== undefined && { documentId }) }, status);
}
