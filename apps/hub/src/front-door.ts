import type { RunningService } from '@railhead/service-kit';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** How often requests are looked at that take too long to come in. */
const CHECK_MS = 5_000;

type Route = (request: IncomingMessage, response: ServerResponse) => void;

/** One port for all services of the process: the path says whose request it is; the rest is the gateway's. */
export class FrontDoor {
  private readonly server: Server;
  private readonly routes: { prefix: string; route: Route }[];
  private readonly fallback: Route;

  constructor(services: readonly RunningService[], checkMs = CHECK_MS) {
    const routeOf = (service: RunningService): Route => {
      const fastify = service.app.getHttpAdapter().getInstance() as { routing: Route };
      return (request, response) => fastify.routing(request, response);
    };
    this.fallback = routeOf(services.find((service) => service.name === 'gateway')!);
    this.routes = services
      .flatMap((service) =>
        [...service.paths, `/ops/${service.name}`].map((prefix) => ({ prefix, route: routeOf(service) })),
      )
      .sort((left, right) => right.prefix.length - left.prefix.length);
    // One server has one limit: the one of whoever takes the longest uploads.
    const requestTimeout = Math.max(...services.map(({ requestTimeoutMs }) => requestTimeoutMs));
    const limits = {
      requestTimeout,
      headersTimeout: Math.min(10_000, requestTimeout),
      connectionsCheckingInterval: checkMs,
    };
    this.server = createServer(limits, (request, response) => {
      this.routeFor(request.url ?? '/')(request, response);
    });
  }

  async listen(port: number, host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, resolve);
    });
    return (this.server.address() as { port: number }).port;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeIdleConnections();
    setTimeout(() => this.server.closeAllConnections(), 2_000).unref(); // live streams do not end by themselves
    await closed;
  }

  private routeFor(url: string): Route {
    const path = url.split('?', 1)[0]!;
    return this.routes.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`))?.route ?? this.fallback;
  }
}
