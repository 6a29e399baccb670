// Contestant: StAEDI on a JVM that is warm. It only reads, either with its checks of control segments alone or held
// against our schema of the 850.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STANDARD_SCHEMAS } from '@railhead/x12';
import { PeerUnavailable, startStaedi } from '../../../x12-peer/staedi.mjs';
import { toStaediSchema } from '../../../x12-peer/staedi-schema.mjs';
import { metered } from '../measuring/metered.mjs';
import { interchangeOf } from './interchanges.mjs';

const MB = 2 ** 20;
const WARM_UPS = 4;

/**
 * Reads an interchange of so many MB.
 *
 * @param {{ megabytes: number, withSchema: boolean, say: (text: string) => void }} what
 * @returns `undefined` where there is no Java or no Maven.
 */
export async function measureStaedi({ megabytes, withSchema, say }) {
  const peer = await startStaedi().catch((reason) => {
    if (!(reason instanceof PeerUnavailable)) throw reason;
    say(`  SKIPPED: no StAEDI to race against: ${reason.message}`);
  });
  if (peer === undefined) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'bench-staedi-'));
  try {
    const [document, schema] = [join(folder, 'document.edi'), join(folder, '850.xml')];
    const bytes = Buffer.concat([...interchangeOf(megabytes * MB)]);
    await writeFile(document, bytes);
    await writeFile(schema, toStaediSchema(STANDARD_SCHEMAS.find('850', '004010')));
    await peer.schema(withSchema ? schema : undefined);
    await peer.load(document);
    for (let round = 0; round < WARM_UPS; round++) await peer.run();
    const measured = await metered({ node: peer.pid }, () =>
      peer.run().then(({ sets, errors }) => ({ units: sets, errors })),
    );
    if (measured.errors > 0) throw new Error(`StAEDI found ${measured.errors} errors in a good interchange`);
    return { ...measured, megabytesPerSecond: bytes.length / 1e6 / ((measured.cpuMicros * measured.units) / 1e6) };
  } finally {
    await peer.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
