import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findConnection } from './connection.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'railhead-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const leave = (home: string, text: string): void => {
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'credentials.json'), text);
};

describe('finding Railhead', () => {
  it('takes what railhead start left in .railhead', () => {
    leave(
      join(folder, '.railhead'),
      JSON.stringify({
        url: 'http://localhost:3999',
        adminKey: 'a.b',
        internalToken: 't',
        carrierSecret: 's',
        more: 1,
      }),
    );
    expect(findConnection({}, folder)).toEqual({
      url: 'http://localhost:3999',
      key: 'a.b',
      internalToken: 't',
      carrierSecret: 's',
      home: join(folder, '.railhead'),
    });
  });

  it('does not take the folder here for that of a Railhead elsewhere, and gives none of its secrets away', () => {
    const secrets = { adminKey: 'a.b', internalToken: 't', carrierSecret: 's', shopifySecret: 'p' };
    leave(join(folder, '.railhead'), JSON.stringify({ url: 'http://localhost:3999', ...secrets }));
    for (const url of ['https://hub.example', 'http://localhost:4000', 'http://localhost.example:3999'])
      expect(findConnection({ RAILHEAD_URL: url }, folder)).toEqual({ url });
  });

  it('knows its own machine by its other names', () => {
    leave(join(folder, '.railhead'), JSON.stringify({ url: 'http://localhost:3999', adminKey: 'a.b' }));
    for (const url of ['http://127.0.0.1:3999', 'http://[::1]:3999', 'http://localhost:3999/'])
      expect(findConnection({ RAILHEAD_URL: url }, folder).key).toBe('a.b');
  });

  it('takes an empty variable for none, and says what is no address', () => {
    leave(join(folder, '.railhead'), JSON.stringify({ url: 'http://localhost:3999', adminKey: 'a.b' }));
    const empty = { RAILHEAD_URL: '', RAILHEAD_KEY: '', RAILHEAD_HOME: '', PORT: '' };
    expect(findConnection(empty, folder)).toMatchObject({ url: 'http://localhost:3999', key: 'a.b' });
    for (const url of ['nonsense', 'localhost:3000', 'ftp://localhost'])
      expect(() => findConnection({ RAILHEAD_URL: url }, folder)).toThrow(`"${url}" is no address`);
  });

  it('says what is no address, also where no Railhead was ever started', () => {
    for (const url of ['nonsense', 'localhost:3000', 'ftp://localhost'])
      expect(() => findConnection({ RAILHEAD_URL: url }, folder)).toThrow(`"${url}" is no address`);
  });

  it('looks into RAILHEAD_HOME instead where that is set', () => {
    leave(join(folder, 'elsewhere'), JSON.stringify({ url: 'http://localhost:4000' }));
    expect(findConnection({ RAILHEAD_HOME: join(folder, 'elsewhere') }, '/').url).toBe('http://localhost:4000');
  });

  it('lets RAILHEAD_URL and RAILHEAD_KEY win', () => {
    leave(join(folder, '.railhead'), JSON.stringify({ url: 'http://localhost:3999', adminKey: 'a.b' }));
    expect(findConnection({ RAILHEAD_URL: 'https://hub.example/', RAILHEAD_KEY: 'c.d' }, folder)).toMatchObject({
      url: 'https://hub.example',
      key: 'c.d',
    });
  });

  it('tries the usual port when there is nothing', () => {
    expect(findConnection({}, folder)).toMatchObject({ url: 'http://localhost:3000', key: undefined });
  });

  it('says what to do about a damaged file', () => {
    leave(join(folder, '.railhead'), '{"url":');
    expect(() => findConnection({}, folder)).toThrow(/credentials\.json is damaged/);
  });
});
