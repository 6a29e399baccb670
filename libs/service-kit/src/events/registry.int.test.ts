import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OrderCancelRequested } from '@railhead/contracts';
import { startRegistry } from '@railhead/kafka-local/registry';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Probe } from '../testing/probe.js';
import { EventCodec } from './event-codec.js';
import { RegistrySchemaIds } from './schema-ids.js';

const folder = mkdtempSync(join(tmpdir(), 'railhead-registry-'));
const open = (port?: number) =>
  startRegistry({ stateFile: join(folder, 'state.json'), ...(port === undefined ? {} : { port }) });
let registry: Awaited<ReturnType<typeof startRegistry>>;
let probe: Probe;

beforeAll(async () => {
  registry = await open();
  probe = await Probe.start({ SCHEMA_REGISTRY_URL: registry.url });
});
afterAll(async () => {
  await probe.stop();
  await registry.stop();
  rmSync(folder, { recursive: true });
});

describe('with a schema registry', () => {
  it('waits, without setting anything aside, while the registry does not answer, and goes on when it does', async () => {
    const writer = new EventCodec(new RegistrySchemaIds(registry.url), '');
    await writer.prepare([OrderCancelRequested]);
    const key = randomUUID();
    const wish = probe.wish(key, 'registered');
    const record = {
      ...wish,
      value: writer.encodeData(OrderCancelRequested.type, {
        orderId: key,
        actor: { kind: 'system', id: 't' },
        reason: 'registered',
      }),
    };

    await registry.stop();
    await expect(probe.bus.deliver([record])).rejects.toThrow('registry does not answer');
    expect(await probe.parked()).toEqual([]);

    registry = await open(Number(new URL(registry.url).port));
    await probe.bus.deliver([record]);
    expect(await probe.effects(key)).toEqual(['registered']);
  });

  it('makes a dead letter of a value whose schema the registry does not know', async () => {
    const key = randomUUID();
    const wish = probe.wish(key, 'x');
    await probe.bus.deliver([{ ...wish, value: Buffer.from([0, 0, 0, 0xff, 0xff, 1, 2, 3]) }]);
    expect(await probe.parked(key)).toMatchObject([
      { state: 'dead', reason: 'CONTRACT_VIOLATION', lastError: expect.stringContaining('does not know') },
    ]);
  });
});
