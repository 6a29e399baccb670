import { expect, it } from '@jest/globals';
import { loadConfig } from './config.js';

const organization = {
  organizationId: '00D5w000004qGTO',
  pathSecret: 'an-unguessable-part',
  login: { loginUrl: 'https://x.my.salesforce.com', clientId: 'c', clientSecret: 's' },
};

it('needs nothing to be set up', () => {
  expect(loadConfig({})).toEqual({ organizations: [], pollSeconds: 60 });
});

it('reads organizations and writes their ids long', () => {
  expect(loadConfig({ SALESFORCE_ORGS: JSON.stringify([organization]) }).organizations).toMatchObject([
    { organizationId: '00D5w000004qGTOEA2', apiVersion: '62.0', currency: 'USD' },
  ]);
});

it('names what is wrong without showing a secret', () => {
  const wrong = [
    JSON.stringify([{ ...organization, pathSecret: 'too-short-one' }]),
    `[{"pathSecret": "too-short-one"`,
    JSON.stringify([{ ...organization, currency: 'XQX' }]),
  ];
  for (const text of wrong) {
    const load = (): unknown => loadConfig({ SALESFORCE_ORGS: text });
    expect(load).toThrow('SALESFORCE_ORGS');
    expect(load).not.toThrow('too-short-one');
  }
});
