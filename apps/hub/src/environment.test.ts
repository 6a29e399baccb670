import { expect, it } from '@jest/globals';
import { hubEnvironment } from './environment.js';

const credentials = {
  url: 'http://localhost:3000',
  adminKey: 'a.b',
  internalToken: 't',
  databasePassword: 'd',
  salesforceSecret: 'f',
  carrierSecret: 'c',
  shopifySecret: 's',
};

it('variables that are set to nothing, as in .env.example, leave the hub its own', () => {
  const env = { ERP_FOLDER: '', CARRIER_SECRETS: '', EDI_HOME: '/elsewhere' };
  expect(hubEnvironment(env, '/home', 'postgresql://x', credentials, [])).toMatchObject({
    ERP_FOLDER: '/home/reference',
    CARRIER_SECRETS: 'generic=c',
    EDI_HOME: '/elsewhere',
  });
});
