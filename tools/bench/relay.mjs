// The outbox relay of the simulated warehouse. Services start theirs themselves, so the kit does not export it.
import { isTransactional } from '@railhead/bus';
import { fileURLToPath } from 'node:url';

const kit = new URL('./dist/', new URL('../../libs/service-kit/', import.meta.url));
const { Relay } = await import(new URL('runner/relay.js', kit).href);

export const KIT_MIGRATIONS = fileURLToPath(new URL('../migrations', kit));

export function startRelay(db, bus) {
  if (isTransactional(bus)) return { nudge: () => {}, stop: async () => {} };
  const relay = new Relay(db, bus, { warn: (...what) => process.stderr.write(`${JSON.stringify(what)}\n`) });
  relay.start();
  return relay;
}
