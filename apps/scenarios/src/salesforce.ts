import { FakeSalesforce, ORG_ID } from '@railhead/crm-connector/testing';

const PATH_SECRET = 'scenarios-salesforce-path-secret';

/** A Salesforce organization, and the settings that connect Railhead to it. */
export async function startSalesforce(): Promise<{
  salesforce: FakeSalesforce;
  secret: string;
  env: Record<string, string>;
}> {
  const salesforce = await FakeSalesforce.start();
  salesforce.extraFields = ['Purchase_Order__c'];
  const organization = {
    organizationId: ORG_ID,
    pathSecret: PATH_SECRET,
    login: salesforce.login,
    currency: 'USD',
    purchaseOrderField: 'Purchase_Order__c',
  };
  return { salesforce, secret: PATH_SECRET, env: { SALESFORCE_ORGS: JSON.stringify([organization]) } };
}
