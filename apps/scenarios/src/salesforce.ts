import type { FakeSalesforce } from '@railhead/crm-connector/testing';
import { startParties } from '@railhead/simulators';

const PATH_SECRET = 'scenarios-salesforce-path-secret';

/** A Salesforce organization, and the settings that connect Railhead to it. */
export async function startSalesforce(): Promise<{
  salesforce: FakeSalesforce;
  secret: string;
  env: Readonly<Record<string, string>>;
}> {
  const { salesforce, env } = await startParties({ seed: 1, salesforceSecret: PATH_SECRET });
  return { salesforce, secret: PATH_SECRET, env };
}
