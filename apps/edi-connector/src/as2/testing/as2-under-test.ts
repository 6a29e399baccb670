import { serviceUnderTest, type ServiceUnderTest } from '@railhead/testing';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { ediConnectorService } from '../../index.js';
import type { As2Profile } from '../../partners/as2-profile.js';
import { freePorts } from '@railhead/kafka-local/ports';
import { postAs2, type As2Response, type HeaderList } from '../as2-client.js';
import type { Packed } from '../pack-message.js';
import { As2Partner, OUR_NAME, THEIR_NAME } from './as2-partner.js';
import { identity } from './identities.js';

/** The service with one partner, acme, who speaks AS2; and that partner. */
export interface As2UnderTest extends ServiceUnderTest {
  readonly partner: As2Partner;
  /** Where header lines may be folded. */
  readonly unfoldingPort: number;
  /** Posts a message of the partner's. */
  post(messageId: string, packed: Pick<Packed, 'headers' | 'body'>, more?: HeaderList): Promise<As2Response>;
  /** Waits until a question is answered with yes. */
  eventually(question: () => boolean | Promise<boolean>, what: string): Promise<void>;
}

const WAIT_MS = 30_000;

export type ProfileChange = Partial<z.input<typeof As2Profile>>;

/**
 * @param change - How the partner's profile differs from the usual: signed, encrypted, receipt in the answer.
 * @param others - More partners, with the same keys as acme, known by the names they are given here.
 */
export async function as2UnderTest(
  change: ProfileChange = {},
  others: Readonly<Record<string, ProfileChange>> = {},
): Promise<As2UnderTest> {
  const home = await mkdtemp(join(tmpdir(), 'railhead-as2-'));
  const [them, us] = await Promise.all([identity('acme'), identity('railhead')]);
  const partner = await As2Partner.start(them, us);
  const entry = (id: string, theirId: string, differing: ProfileChange): object => ({
    name: id.toLowerCase(),
    accountId: id,
    them: { qualifier: 'ZZ', id },
    us: { qualifier: 'ZZ', id: 'RAILHEAD' },
    transport: 'as2',
    as2: { url: partner.url, theirId, ourId: OUR_NAME, certificates: [{ pem: them.certificatePem }], ...differing },
  });
  const more = Object.entries(others).map(([name, differing]) => entry(name, name, differing));
  const partners = [entry('ACMESTORES', THEIR_NAME, change), ...more];
  await mkdir(join(home, 'keys'), { recursive: true });
  await writeFile(join(home, 'partners.json'), JSON.stringify({ partners }));
  await writeFile(join(home, 'keys', 'as2.pem'), us.privateKeyPem + us.certificatePem, { mode: 0o600 });
  const [port = 0, unfoldingPort = 0] = await freePorts(2);
  const env = {
    EDI_HOME: home,
    EDI_POLL_MS: '50',
    HTTP_PORT: String(port),
    EDI_AS2_PORT: String(unfoldingPort),
    EDI_AS2_URL: `http://127.0.0.1:${port}/as2`,
  };
  const test = await serviceUnderTest(ediConnectorService, env);
  const stop = test.stop;
  return Object.assign(test, {
    partner,
    unfoldingPort,
    post: (messageId: string, { headers, body }: Pick<Packed, 'headers' | 'body'>, more: HeaderList = []) =>
      postAs2(`${test.address}/as2`, [...partner.envelope(messageId, more), ...headers], body),
    eventually: async (question: () => boolean | Promise<boolean>, what: string) => {
      const deadline = Date.now() + WAIT_MS;
      while (!(await question())) {
        if (Date.now() > deadline) {
          const state = await test.rows('SELECT message_id, state, attempts, last_error FROM as2_sent');
          const deliveries = await test.rows('SELECT kind, state, attempts, last_error FROM delivery');
          throw new Error(`waited in vain until ${what}: ${JSON.stringify({ state, deliveries })}`);
        }
        await pause(20);
      }
    },
    stop: async () => {
      await stop();
      await partner.stop();
      await rm(home, { recursive: true, force: true });
    },
  });
}
