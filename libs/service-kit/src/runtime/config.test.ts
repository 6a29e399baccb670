import { describe, expect, it } from '@jest/globals';
import { KitEnv, loadEnv } from './config.js';

const good = { DATABASE_URL: 'postgresql://u:secret@localhost/db' };

describe('the environment', () => {
  it('has sensible values for everything but the database', () => {
    expect(loadEnv(KitEnv, good)).toMatchObject({
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: 3000,
      BATCH_MAX: 300,
      HANDLER_ATTEMPTS_MAX: 8,
      TOPIC_PREFIX: '',
    });
  });

  it('is refused with the name of every bad variable and the value of none', () => {
    const bad = {
      DATABASE_URL: 'mysql://u:secret@x/y',
      HTTP_PORT: '70000',
      LOG_LEVEL: 'loud',
      INTERNAL_TOKEN: 'short-secret',
    };
    const load = () => loadEnv(KitEnv, bad);
    for (const name of Object.keys(bad)) expect(load).toThrow(name);
    for (const value of Object.values(bad)) expect(load).not.toThrow(value);
  });

  it('takes a variable that is set to nothing for one that is not set', () => {
    const empty = {
      KAFKA_BROKERS: '',
      TOPIC_PARTITIONS: '',
      SCHEMA_REGISTRY_URL: '',
      INTERNAL_TOKEN: '',
      HTTP_PORT: '',
    };
    expect(loadEnv(KitEnv, { ...good, ...empty })).toEqual(loadEnv(KitEnv, good));
  });

  it('reads brokers as a list, and none as the embedded bus', () => {
    expect(loadEnv(KitEnv, { ...good, KAFKA_BROKERS: 'a:1, b:2,' }).KAFKA_BROKERS).toEqual(['a:1', 'b:2']);
    expect(loadEnv(KitEnv, good).KAFKA_BROKERS).toBeUndefined();
  });
});
