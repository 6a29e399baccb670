import { Catch, HttpException, Injectable, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Failure, isInfrastructure } from '../runtime/failure.js';
import { ServiceContext } from '../nest/service-context.js';

const RETRY_AFTER_SECONDS = 5;

/** The one place where an error becomes an HTTP answer: one JSON shape, never an inner message of ours. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly context: ServiceContext) {}

  catch(error: unknown, host: ArgumentsHost): unknown {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const request = http.getRequest<FastifyRequest>();
    if (error instanceof HttpException) return this.answer(reply, error.getStatus(), bodyOf(error, request));
    const status = (error as { statusCode?: unknown }).statusCode;
    if (typeof status === 'number' && status >= 400 && status < 500) {
      return this.answer(reply, status, { error: codeOf(status), message: (error as Error).message });
    }
    // Never the address itself: it may hold a secret, and what somebody searches for.
    const about = { err: error, requestId: request.id, method: request.method, route: request.routeOptions.url };
    if (isUnkeepable(error)) {
      this.context.log.warn(about, 'a text could not be kept');
      return this.answer(reply, 400, UNKEEPABLE);
    }
    if (isInfrastructure(error) || (error instanceof Failure && error.retryable)) {
      this.context.log.warn(about, 'request could not be served for now');
      void reply.header('retry-after', String(RETRY_AFTER_SECONDS));
      return this.answer(reply, 503, {
        error: 'UNAVAILABLE',
        message: 'nothing was taken; send it again in a few seconds',
      });
    }
    this.context.log.error(about, 'request failed');
    return this.answer(reply, 500, {
      error: 'INTERNAL',
      message: 'the fault is ours; it is in the log under this request id',
      requestId: request.id,
    });
  }

  private answer(reply: FastifyReply, status: number, body: object): FastifyReply {
    return reply.status(status).header('content-type', 'application/json; charset=utf-8').send(body);
  }
}

/** A NUL in a text, which PostgreSQL does not keep. */
function isUnkeepable(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === '22021' || code === '22P05';
}

const UNKEEPABLE = { error: 'BAD_REQUEST', message: 'a text has a character in it that cannot be kept (NUL)' };

/** Fastify has stopped reading; Nest says so without the number. */
function tooLarge({ routeOptions: { bodyLimit } }: FastifyRequest): object {
  const message = `the body is too large: at most ${bodyLimit} bytes are taken. Nothing was kept`;
  return { error: 'TOO_LARGE', message };
}

function codeOf(status: number): string {
  return (
    {
      400: 'BAD_REQUEST',
      401: 'UNAUTHORIZED',
      403: 'FORBIDDEN',
      404: 'NOT_FOUND',
      409: 'CONFLICT',
      413: 'TOO_LARGE',
      415: 'UNSUPPORTED_MEDIA_TYPE',
      429: 'RATE_LIMITED',
    }[status] ?? 'BAD_REQUEST'
  );
}

function bodyOf(error: HttpException, request: FastifyRequest): object {
  const response = error.getResponse();
  if (typeof response === 'object' && 'error' in response && 'issues' in response) return response;
  if (error.getStatus() === 413) return tooLarge(request);
  const message =
    typeof response === 'object' && 'message' in response
      ? String((response as { message: unknown }).message)
      : error.message;
  return { error: codeOf(error.getStatus()), message };
}
