import { describe, expect, it } from '@jest/globals';
import { loadConfig } from './config.js';

const FOLDER = { ERP_FOLDER: '/reference' };

describe('the settings of the erp-connector', () => {
  it('name no ERP to push to by default, nor when its address is empty', () => {
    expect(loadConfig(FOLDER).target).toBeUndefined();
    expect(loadConfig({ ...FOLDER, ERP_URL: '', ERP_TOKEN: 'secret' }).target).toBeUndefined();
  });

  it('take an address with or without a slash at its end', () => {
    const target = { url: 'https://erp.example/api', token: undefined, timeoutMs: 10_000, callsMax: 4 };
    expect(loadConfig({ ...FOLDER, ERP_URL: 'https://erp.example/api' }).target).toEqual(target);
    expect(loadConfig({ ...FOLDER, ERP_URL: 'https://erp.example/api/' }).target).toEqual(target);
  });

  it.each(['https://me:topsecret@erp.example', 'https://erp.example/?key=topsecret', 'https://erp.example/#topsecret'])(
    'refuse an address with more in it, and do not show it: %s',
    (address) => {
      expect(() => loadConfig({ ...FOLDER, ERP_URL: address })).toThrow(/ERP_URL.*ERP_TOKEN/);
      expect(() => loadConfig({ ...FOLDER, ERP_URL: address })).not.toThrow(/topsecret/);
    },
  );

  it('refuse what is no address, and a time limit that the kit would cut off', () => {
    expect(() => loadConfig({ ...FOLDER, ERP_URL: 'ftp://erp.example' })).toThrow('ERP_URL');
    expect(() => loadConfig({ ...FOLDER, ERP_URL: 'https://erp.example', ERP_TIMEOUT_MS: '20001' })).toThrow(
      'ERP_TIMEOUT_MS',
    );
  });
});
