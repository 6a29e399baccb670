import { createHash } from 'node:crypto';

export const ACME_KEY = 'acme-1.open-sesame';

/** The partners of tests: acme, bolt whose faults we overlook where we can, depot that ships for us, swift that carries. */
export const PARTNERS = {
  partners: [
    {
      name: 'acme',
      accountId: 'ACME',
      displayName: 'Acme Stores',
      them: { qualifier: 'ZZ', id: 'ACMESTORES' },
      us: { qualifier: 'ZZ', id: 'RAILHEAD' },
      keySha256: createHash('sha256').update(ACME_KEY).digest('hex'),
      units: { CS: 'CA' },
    },
    {
      // We overlook what we can of bolt's faults.
      acknowledgment: { setWithErrors: 'E' },
      name: 'bolt',
      duplicates: { interchange: 'with-date' },
      accountId: 'BOLT',
      them: { qualifier: 'ZZ', id: 'BOLTTOOLS' },
      us: { qualifier: 'ZZ', id: 'RAILHEAD' },
      orderAcknowledgment: 'with-stock',
    },
    {
      name: 'depot',
      accountId: 'DEPOT',
      displayName: 'Depot West',
      role: 'warehouse',
      warehouse: 'WEST',
      them: { qualifier: 'ZZ', id: 'DEPOTWEST' },
      us: { qualifier: 'ZZ', id: 'RAILHEAD' },
    },
    {
      name: 'swift',
      accountId: 'SWIFT',
      role: 'carrier',
      carriers: ['SWFT', 'SWIFT'],
      them: { qualifier: '02', id: 'SWFT' },
      us: { qualifier: 'ZZ', id: 'RAILHEAD' },
    },
  ],
};
