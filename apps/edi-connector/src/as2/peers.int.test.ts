import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { As2PeerUnavailable, startAs2Peer, type As2Peer, type PeerLink } from '@railhead/as2-peer/for-tests';
import { freePorts } from '@railhead/kafka-local/ports';
import { interchange } from '../testing/interchanges.js';
import { as2UnderTest, type As2UnderTest, type ProfileChange } from './testing/as2-under-test.js';

/** How they send to us, and how we send to them. */
interface Way {
  readonly theirs: Omit<PeerLink, 'name'>;
  readonly ours: ProfileChange;
}

const TOLERANT = { mustBeSigned: false, mustBeEncrypted: false };
const WAYS: Readonly<Record<string, Way>> = {
  USUAL: { theirs: { sign: 'sha256', encrypt: 'aes256' }, ours: {} },
  OLD: {
    theirs: { sign: 'sha1', encrypt: '3des', isAsync: true },
    ours: { mdn: 'async', encrypt: '3des', micAlgorithm: 'sha1' },
  },
  SMALL: {
    theirs: { sign: 'sha512', encrypt: 'aes128', compress: 'before-signing', isAsync: true },
    ours: { sign: 'sha512', encrypt: 'aes128-cbc', compress: 'before-signing' },
  },
  SMALLER: {
    theirs: { sign: 'sha384', encrypt: 'aes192', compress: 'after-signing' },
    ours: { sign: 'sha384', encrypt: 'aes192-cbc', compress: 'after-signing', mdn: 'async' },
  },
  SIGNED: { theirs: { sign: 'sha256' }, ours: { ...TOLERANT, encrypt: 'none' } },
  SEALED: { theirs: { encrypt: 'aes256' }, ours: { ...TOLERANT, sign: 'none' } },
  PLAIN: { theirs: { isPlain: true }, ours: { ...TOLERANT, sign: 'none', encrypt: 'none' } },
};

/**
 * as2-lib says more exactly which AES it means. It takes receipts that come later only from partners without a
 * certificate, so that it cannot be asked to ask for them.
 */
function inWordsOf(product: 'openas2' | 'phax', theirs: Way['theirs']): Way['theirs'] {
  if (product === 'openas2') return theirs;
  const { encrypt, ...rest } = theirs;
  const isAes = encrypt?.startsWith('aes') === true;
  return { ...rest, isAsync: false, ...(encrypt && { encrypt: isAes ? `${encrypt}-cbc` : encrypt }) };
}

describe.each(['openas2', 'phax'] as const)('an AS2 server that we did not write: %s', (product) => {
  let edi: As2UnderTest;
  let peer: As2Peer | undefined;

  beforeAll(async () => {
    const ports = (await freePorts(2)) as [number, number];
    const url = `http://127.0.0.1:${ports[0]}/`;
    edi = await as2UnderTest(
      {},
      Object.fromEntries(Object.entries(WAYS).map(([name, { ours }]) => [name, { url, ...ours }])),
    );
    const { them, us } = edi.partner;
    const links = Object.entries(WAYS).map(([name, { theirs }]) => ({ name, ...inWordsOf(product, theirs) }));
    const railheadUrl = `${edi.address}/as2`;
    try {
      peer = await startAs2Peer({
        product,
        peer: them,
        railheadCertificatePem: us.certificatePem,
        railheadUrl,
        links,
        ports,
      });
    } catch (error) {
      if (!(error instanceof As2PeerUnavailable) || process.env['CI'] === 'true') throw error;
      console.warn(`*** AS2 is NOT tried against ${product}: ${error.message.split('\n')[0]} ***`);
    }
  });

  afterAll(async () => {
    await peer?.stop();
    await edi.stop();
  });

  it.each(Object.entries(WAYS))(
    '%s: sends an order, gets our 997, and each believes the other’s receipt',
    async (name, way) => {
      if (peer === undefined) return;
      const there = peer;
      const control = Object.keys(WAYS).indexOf(name) + 1;
      await there.send(name, 'order.edi', interchange({ po: `PO-${name}`, sender: name, control }));
      const partner = name.toLowerCase();
      const has = async (sql: string): Promise<boolean> => (await edi.rows(sql, [partner])).length > 0;
      try {
        await edi.eventually(() => has('SELECT 1 AS one FROM as2_received WHERE partner = $1'), 'we have the order');
        await edi.eventually(async () => (await there.receipts(name)).length > 0, 'they believe our receipt');
        await edi.eventually(
          async () => (await there.inbox(name)).some((text) => text.includes('AK5*A')),
          'they have the 997',
        );
        await edi.eventually(
          () => has(`SELECT 1 AS one FROM as2_sent WHERE partner = $1 AND state = 'done'`),
          'we believe their receipt',
        );
      } catch (error) {
        throw new Error((await there.log()).slice(-5000), { cause: error });
      }
      const [sent] = await edi.rows<{ attempts: number; receipt: Buffer }>(
        'SELECT attempts, receipt FROM as2_sent WHERE partner = $1',
        [partner],
      );
      expect(sent?.attempts).toBe(1);
      expect(sent?.receipt.toString('latin1')).toMatch(/Received-Content-MIC/i);
      expect(way).toBeDefined();
    },
  );
});
