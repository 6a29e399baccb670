import { describe, expect, it } from '@jest/globals';
import { loadConfig } from './config.js';

describe('carriers’ secrets', () => {
  it('are found by carrier; two of one carrier both count, and a secret may hold an equals sign', () => {
    const config = loadConfig({ CARRIER_SECRETS: 'generic=old, easypost=a=b,generic=new' });
    const secretsOf = (carrier: string): string[] => config.sendersOf(carrier).map(({ secret }) => secret);
    expect(secretsOf('generic')).toEqual(['old', 'new']);
    expect(secretsOf('easypost')).toEqual(['a=b']);
    expect(secretsOf('aftership')).toEqual([]);
  });

  it('may prove that the sender is one carrier, under all names that warehouses have for it', () => {
    const config = loadConfig({ CARRIER_SECRETS: 'generic:UPS+UPSN=a=b,generic=c' });
    expect(config.sendersOf('generic')).toEqual([
      { name: 'generic:UPS+UPSN', speaksFor: ['UPS', 'UPSN'], secret: 'a=b' },
      { name: 'generic', secret: 'c' },
    ]);
  });

  it('may be none: then nobody may post', () => {
    expect(loadConfig({}).sendersOf('generic')).toEqual([]);
  });

  it.each([
    'pigeon=topsecret',
    'topsecret',
    'generic=',
    'generic:=topsecret',
    'generic:ups=topsecret',
    'pigeon:UPS=topsecret',
  ])('that are not name=secret stop the start without being shown: %s', (list) => {
    expect(() => loadConfig({ CARRIER_SECRETS: list })).toThrow(/CARRIER_SECRETS/);
    expect(() => loadConfig({ CARRIER_SECRETS: list })).not.toThrow(/topsecret/);
  });
});
