import * as simulators from '@railhead/simulators';
import { join } from 'node:path';

/** An answer that hangs is given up soon: one in ten does. */
const ERP_SETTINGS = { ERP_TIMEOUT_MS: '1000', ERP_CALLS_MAX: '16' };
const ERP_TOKEN = 'token-of-the-simulated-erp';

/** The outside parties that the services call. Started before the services, which must know their addresses. */
export async function openParties({ seed, shares }) {
  const parties = await simulators.startParties({ seed, faults: shares });
  const { createThenHang = 0 } = shares;
  const erp = await simulators.startErp({ seed, token: ERP_TOKEN, faults: { createThenHang } });
  return {
    parties,
    /** How many orders the ERP holds, and how many of each of our references. */
    erp: { held: () => erp.book.all.length, counts: () => erp.book.counts },
    env: { ...parties.env, ERP_URL: erp.url, ERP_TOKEN, ...ERP_SETTINGS },
    stop: async () => {
      await erp.stop();
      await parties.stop();
    },
  };
}

/**
 * Customers who order, and the warehouse, carrier and payer who answer what they read in the topics. All send again until they
 * are answered.
 *
 * @param {{ cluster: object, facts: { onFact(listener: Function): void }, outside: object, random: object, options: object }} what
 */
export function openWorld({ cluster, facts, outside, random, options }) {
  const { credentials, home } = cluster;
  const target = {
    url: (service, path) => random.pick(cluster.members.filter(({ name }) => name === service)).url + path,
    adminKey: credentials.adminKey,
    ediToken: credentials.internalToken,
    carrierSecret: credentials.carrierSecret,
    shopify: { domain: 'railhead-demo.myshopify.com', secret: credentials.shopifySecret },
    salesforce: outside.parties.organization,
    ediFolder: (partner) => ({
      inbox: join(home, 'edi', 'inbox', partner),
      outbox: join(home, 'edi', 'outbox', partner),
    }),
  };
  return simulators.openSimulation({ target, facts, parties: outside.parties, ...options });
}

/** A text that stands in the document of an order and in no other: its PO number, or where there is none the id of its deal. */
export function markOf(order) {
  if (order.channel !== 'salesforce') return order.po;
  return /<sf:Id>(\w+)</.exec(simulators.wonMessage(order, 'none'))[1];
}
