import { z } from 'zod';
import type { ApiRoute } from './api-routes.js';
import { HeldBody, HeldQuery } from './edi-held.controller.js';
import { NotedQuery, OutboundBody, OutboundQuery, PartnerBody } from './edi.controller.js';
import { OPS_ROLES } from './roles.js';

const AsTheConnectorSays = z.looseObject({});
const shared = {
  group: 'EDI',
  access: { roles: OPS_ROLES },
  answer: { status: 200, schema: AsTheConnectorSays },
} as const;

/** Trading partners and the documents we send them. */
export const EDI_ROUTES: readonly ApiRoute[] = [
  { ...shared, method: 'get', path: '/v1/edi/partners', summary: 'All trading partners.' },
  { ...shared, method: 'get', path: '/v1/edi/partners/{name}', summary: 'The profile of a partner.' },
  { ...shared, method: 'get', path: '/v1/edi/partners/{name}/history', summary: 'Who changed it, what, when and why.' },
  {
    ...shared,
    method: 'put',
    path: '/v1/edi/partners/{name}',
    summary: 'A new version of a profile, or a new partner. It counts at once.',
    body: PartnerBody,
  },
  {
    ...shared,
    method: 'get',
    path: '/v1/edi/documents',
    summary: 'Documents of ours: valid, delivered, acknowledged.',
    query: OutboundQuery,
  },
  {
    ...shared,
    method: 'get',
    path: '/v1/edi/noted',
    summary: 'Documents of a partner that were taken though a number in them came before, newest first.',
    query: NotedQuery,
  },
  {
    ...shared,
    method: 'post',
    path: '/v1/edi/documents/{id}',
    summary: 'Sends a document again, discards it, or closes what is open about it.',
    body: OutboundBody,
  },
  {
    ...shared,
    method: 'get',
    path: '/v1/edi/held/{kind}',
    summary: 'What waits for a person: `interchanges`, `messages`, `documents` or `unknown-senders`, oldest first.',
    query: HeldQuery,
  },
  {
    ...shared,
    method: 'post',
    path: '/v1/edi/held/{kind}/{id}',
    summary: 'Releases or discards what is held, or has a document read again.',
    body: HeldBody,
  },
];
