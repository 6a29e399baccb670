import { FakeSalesforce, ORG_ID } from '@railhead/crm-connector/testing';
import { dice } from './plan/dice.js';
import { startErp, type Erp } from './erp/start-erp.js';
import { completeFaults, type Faults } from './plan/faults.js';

/** The simulated Salesforce organization. */
export const ORGANIZATION_ID = ORG_ID;
/** Field of a deal that holds the customer's PO number. */
const PURCHASE_ORDER_FIELD = 'Purchase_Order__c';
const SLOW_MS = 400;
const PATH_SECRET = 'path-secret-of-the-simulated-organization';

export interface PartiesOptions {
  readonly seed: number;
  readonly faults?: Partial<Faults>;
  /** Where the Salesforce organization listens, on loopback; default: any free port. */
  readonly salesforcePort?: number;
  /** The secret part of the address that the organization pushes to; default: one that everybody knows. */
  readonly salesforceSecret?: string;
  /** An ERP as well: where it listens on loopback (0: any free port), and what its callers bear. */
  readonly erp?: { readonly port: number; readonly token: string };
}

/** The outside parties that answer calls, listening on loopback. */
export interface Parties {
  readonly salesforce: FakeSalesforce;
  /** Only when it was asked for. */
  readonly erp?: Erp;
  readonly organization: { readonly organizationId: string; readonly pathSecret: string };
  /** What Railhead's services need in their environment to reach the parties. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Starts the parties that Railhead calls. @throws Error when the port is taken. */
export async function startParties(options: PartiesOptions): Promise<Parties> {
  const { seed, salesforcePort = 0, salesforceSecret = PATH_SECRET } = options;
  const faults = completeFaults(options.faults);
  const salesforce = await FakeSalesforce.start(salesforcePort);
  salesforce.extraFields = [PURCHASE_ORDER_FIELD];
  const random = dice(seed);
  salesforce.takesMs = () => (random.next() < faults.slow ? random.below(SLOW_MS) : 0);
  const erp = await startErpOf(options, faults).catch(async (error: unknown) => {
    await salesforce.stop();
    throw error;
  });
  return {
    salesforce,
    ...(erp !== undefined && { erp }),
    organization: { organizationId: ORG_ID, pathSecret: salesforceSecret },
    env: {
      SALESFORCE_ORGS: JSON.stringify([organizationAt(salesforce.url, salesforceSecret)]),
      ...(erp !== undefined && { ERP_URL: erp.url, ERP_TOKEN: options.erp!.token }),
    },
    stop: async () => {
      await Promise.all([salesforce.stop(), erp?.stop()]);
    },
  };
}

async function startErpOf({ seed, erp }: PartiesOptions, faults: Faults): Promise<Erp | undefined> {
  if (erp === undefined) return undefined;
  const { createThenHang, slow } = faults;
  return startErp({ seed, ...erp, faults: { createThenHang, slow, slowMs: SLOW_MS } });
}

/** The organization as a setting of crm-connector, for where it listens or will listen. */
export function organizationAt(url: string, pathSecret: string): object {
  return {
    organizationId: ORG_ID,
    pathSecret,
    login: FakeSalesforce.loginAt(url),
    currency: 'USD',
    purchaseOrderField: PURCHASE_ORDER_FIELD,
  };
}
