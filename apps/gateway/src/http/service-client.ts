import { BadGatewayException, HttpException, Injectable, NotFoundException } from '@nestjs/common';
import { ServiceContext } from '@railhead/service-kit';
import { GatewaySettings } from '../gateway-settings.js';

const TIME_LIMIT_MS = 5000;
/** Of the caller's making: handed on as the service said them. */
const REFUSALS = new Set([400, 404, 409]);

/** What one service answered, or why it did not. */
export type Told<T> =
  { readonly service: string; readonly answer: T } | { readonly service: string; readonly error: string };

/** Asks the services of this installation for what operators want to know. */
@Injectable()
export class ServiceClient {
  constructor(
    private readonly settings: GatewaySettings,
    private readonly context: ServiceContext,
  ) {}

  get services(): readonly string[] {
    return [...this.settings.serviceUrls.keys()];
  }

  /** Asks all services at once; one that is away does not hide the others. */
  askAll<T>(path: string): Promise<Told<T>[]> {
    return Promise.all(
      this.services.map(async (service): Promise<Told<T>> => {
        try {
          return { service, answer: (await this.ask(service, path)) as T };
        } catch (error) {
          return { service, error: error instanceof Error ? error.message : String(error) };
        }
      }),
    );
  }

  /** The lists of all services, or of one, as one list that names them; and who could not be asked. */
  async collect(
    service: string | undefined,
    path: string,
  ): Promise<{ found: object[]; unreachable: { service: string; error: string }[] }> {
    const told: Told<object[]>[] =
      service === undefined
        ? await this.askAll<object[]>(path)
        : [{ service, answer: (await this.ask(service, path)) as object[] }];
    const found = told.flatMap((one) =>
      'answer' in one ? one.answer.map((each) => ({ service: one.service, ...each })) : [],
    );
    return { found, unreachable: told.filter((one) => 'error' in one) };
  }

  /** @throws NotFoundException for an unknown service; what the service answered; BadGatewayException when it did not. */
  async ask(service: string, path: string, body?: object, method: 'POST' | 'PUT' = 'POST'): Promise<unknown> {
    const base = this.settings.serviceUrls.get(service);
    if (base === undefined)
      throw new NotFoundException(
        `no service ${service} is known here: ${this.services.join(', ') || 'SERVICE_URLS is empty'}`,
      );
    const response = await this.call(service, `${base}/ops/${service}/${path}`, body, method);
    const answer = (await response.json().catch(() => undefined)) as { error?: string; message?: string } | undefined;
    if (response.ok && answer !== undefined) return answer;
    if (REFUSALS.has(response.status) && answer !== undefined)
      throw new HttpException({ ...answer, message: answer.message ?? 'refused' }, response.status);
    throw new BadGatewayException(
      `${service} answered ${response.status}${answer === undefined ? ' without JSON' : ''}`,
    );
  }

  private async call(service: string, url: string, body: object | undefined, method: string): Promise<Response> {
    const headers = {
      authorization: `Bearer ${this.context.env.INTERNAL_TOKEN ?? ''}`,
      'content-type': 'application/json',
    };
    const signal = AbortSignal.timeout(TIME_LIMIT_MS);
    try {
      return await fetch(
        url,
        body === undefined ? { headers, signal } : { method, headers, signal, body: JSON.stringify(body) },
      );
    } catch (error) {
      this.context.log.warn({ err: error, service }, 'a service does not answer the gateway');
      throw new BadGatewayException(`${service} does not answer`);
    }
  }
}
