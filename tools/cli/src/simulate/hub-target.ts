import { ORGANIZATION_ID, type Target } from '@railhead/simulators';
import { join } from 'node:path';
import type { Connection } from '../connection/connection.js';
import type { SimulatedParties } from './simulated-parties.js';

/** The shop that `railhead start` sets up. */
const SHOP = 'railhead-demo.myshopify.com';

/** A running hub as the outside parties know it: one door for all services. */
export function hubTarget(connection: Connection, parties?: SimulatedParties): Target {
  const { url, key = '', internalToken, carrierSecret = '', shopifySecret = '', home } = connection;
  return {
    url: (_service, path) => url + path,
    adminKey: key,
    ediToken: internalToken ?? key,
    carrierSecret,
    shopify: { domain: SHOP, secret: shopifySecret },
    salesforce: { organizationId: ORGANIZATION_ID, pathSecret: parties?.salesforce.pathSecret ?? '' },
    ediFolder: (partner) =>
      home === undefined
        ? undefined
        : { inbox: join(home, 'edi', 'inbox', partner), outbox: join(home, 'edi', 'outbox', partner) },
  };
}
