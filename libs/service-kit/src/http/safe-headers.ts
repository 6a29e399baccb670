import type { FastifyAdapter } from '@nestjs/platform-fastify';

/** Told with every answer, also refusals and streams: guess no other type than the one that is said, and tell nobody where you were. */
const SAFE = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' } as const;

/** On the bare response, since streams are written past the framework's. */
export function sendSafeHeaders(adapter: FastifyAdapter): void {
  adapter.getInstance().addHook('onRequest', (_request, { raw }, done) => {
    for (const [name, value] of Object.entries(SAFE)) raw.setHeader(name, value);
    done();
  });
}
