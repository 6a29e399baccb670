import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry';
import { incompatibilities } from './compatibility.mjs';
import { startRegistry } from './registry.mjs';

const order = (...fields) =>
  JSON.stringify({
    type: 'record',
    name: 'Order',
    namespace: 'test',
    fields: [{ name: 'id', type: 'string' }, ...fields],
  });
const ORDER = order();
const WITH_DEFAULT = order({ name: 'note', type: ['null', 'string'], default: null });
const WITHOUT_DEFAULT = order({ name: 'note', type: 'string' });

describe('the schema registry', () => {
  let folder;
  let registry;
  const open = () => startRegistry({ stateFile: join(folder, 'registry.json') });
  const client = () => new SchemaRegistry({ host: registry.url, retry: { retries: 0 } });
  const register = (schema, subject = 'orders-value') =>
    client().register({ type: SchemaType.AVRO, schema }, { subject });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'railhead-registry-'));
    registry = await open();
  });
  afterEach(async () => {
    await registry.stop();
    await rm(folder, { recursive: true });
  });

  it('gives back what the usual client wrote with it', async () => {
    const { id } = await register(ORDER);
    const bytes = await client().encode(id, { id: 'o-1' });
    expect(await client().decode(bytes)).toEqual({ id: 'o-1' });
  });

  it('keeps one id for one schema, whatever the subject and however often it comes', async () => {
    const first = await register(ORDER);
    expect(await register(JSON.stringify(JSON.parse(ORDER), undefined, 2))).toEqual(first);
    expect(await register(ORDER, 'archive-value')).toEqual(first);
    expect(await client().getRegistryIdBySchema('orders-value', { type: SchemaType.AVRO, schema: ORDER })).toBe(
      first.id,
    );
  });

  it('accepts a new field with a default and refuses one without', async () => {
    await register(ORDER);
    expect((await register(WITH_DEFAULT)).id).toBe(2);
    expect(await client().getLatestSchemaId('orders-value')).toBe(2);
    await expect(register(order({ name: 'due', type: 'string' }))).rejects.toThrow(/incompatible/i);
  });

  it('knows its schemas and levels after a restart', async () => {
    const { id } = await register(ORDER);
    await put('/config/orders-value', { compatibility: 'FULL_TRANSITIVE' });
    await registry.stop();
    registry = await open();
    expect((await client().getSchema(id)).name).toBe('test.Order');
    expect(await get('/config/orders-value')).toEqual({ compatibilityLevel: 'FULL_TRANSITIVE' });
    expect(await get('/subjects/orders-value/versions')).toEqual([1]);
  });

  it('answers what it does not know with the codes of the protocol', async () => {
    expect(await get('/subjects/ghost/versions')).toMatchObject({ error_code: 40401 });
    expect(await get('/schemas/ids/99')).toMatchObject({ error_code: 40403 });
    expect(await get('/config/ghost')).toMatchObject({ error_code: 40408 });
    expect(await put('/config', { compatibility: 'SOMETIMES' })).toMatchObject({ error_code: 42203 });
    expect(await get('/config')).toEqual({ compatibilityLevel: 'BACKWARD' });
  });

  const get = async (path) => (await fetch(registry.url + path)).json();
  const put = async (path, body) =>
    (await fetch(registry.url + path, { method: 'PUT', body: JSON.stringify(body) })).json();
});

describe('compatibility', () => {
  it.each([
    ['BACKWARD', ORDER, WITHOUT_DEFAULT, false], // a new reader finds no note in old data
    ['FORWARD', ORDER, WITHOUT_DEFAULT, true],
    ['BACKWARD', WITHOUT_DEFAULT, ORDER, true],
    ['FORWARD', WITHOUT_DEFAULT, ORDER, false],
    ['FULL', ORDER, WITHOUT_DEFAULT, false],
    ['FULL', ORDER, WITH_DEFAULT, true],
    ['NONE', ORDER, '"string"', true],
  ])('%s', (level, old, next, allowed) => {
    expect(incompatibilities(level, next, [old]).length === 0).toBe(allowed);
  });

  it('looks behind the last schema only when transitive', () => {
    const earlier = [ORDER, WITH_DEFAULT];
    expect(incompatibilities('BACKWARD', order({ name: 'note', type: ['null', 'string'] }), earlier)).toEqual([]);
    expect(
      incompatibilities('BACKWARD_TRANSITIVE', order({ name: 'note', type: ['null', 'string'] }), earlier),
    ).toHaveLength(1);
  });
});
