import { describe, expect, it } from '@jest/globals';
import { loadConfig } from './config.js';

describe('carriers’ secrets', () => {
  it('are found by carrier; two of one carrier both count, and a secret may hold an equals sign', () => {
    const config = loadConfig({ CARRIER_SECRETS: 'generic=old, easypost=a=b,generic=new' });
    expect(config.secretsOf('generic')).toEqual(['old', 'new']);
    expect(config.secretsOf('easypost')).toEqual(['a=b']);
    expect(config.secretsOf('aftership')).toEqual([]);
  });

  it('may be none: then nobody may post', () => {
    expect(loadConfig({}).secretsOf('generic')).toEqual([]);
  });

  it.each(['pigeon=topsecret', 'topsecret', 'generic='])(
    'that are not name=secret stop the start without being shown: %s',
    (list) => {
      expect(() => loadConfig({ CARRIER_SECRETS: list })).toThrow(/CARRIER_SECRETS/);
      expect(() => loadConfig({ CARRIER_SECRETS: list })).not.toThrow(/topsecret/);
    },
  );
});
