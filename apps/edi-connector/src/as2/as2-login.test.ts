import { describe, expect, it } from '@jest/globals';
import { Partner } from '../partners/partner.js';
import { As2Login } from './as2-login.js';

/** Seals by writing the place before it. */
const secrets = {
  sealed: async (text: string, place: string) => `${place}#${text}`,
  revealed: async (text: string, place: string) =>
    text.startsWith(`${place}#`) ? text.slice(place.length + 1) : undefined,
};
const login = new As2Login(secrets as never);
const acme = (auth?: object): Partner =>
  Partner.parse({
    ...{ name: 'acme', accountId: 'A', them: { qualifier: 'ZZ', id: 'A' }, us: { qualifier: 'ZZ', id: 'US' } },
    as2: {
      ...{ url: 'https://acme.example/in', theirId: 'A', ourId: 'US', auth },
      ...{ encrypt: 'none', mustBeSigned: false, mdn: 'none' },
    },
  });

describe('what a partner’s web server is told of us', () => {
  const basic = (password: string) => acme({ scheme: 'basic', user: 'us', password });

  it('is user and password, or a token, at the server of the profile', async () => {
    const sealed = 'acme|https://acme.example#pass:wörd';
    const expected = `Basic ${Buffer.from('us:pass:wörd').toString('base64')}`;
    expect(await login.at('https://acme.example/mdn', basic(sealed))).toEqual([['Authorization', expected]]);
    const token = acme({ scheme: 'bearer', token: 'acme|https://acme.example#t0ken' });
    expect(await login.at('https://acme.example/in', token)).toEqual([['Authorization', 'Bearer t0ken']]);
  });

  it('is nothing at any other server, nor where the profile has nothing to say', async () => {
    const known = basic('acme|https://acme.example#x');
    for (const other of ['http://acme.example/in', 'https://acme.example:8443/in', 'https://mdn.acme.example/in'])
      expect(await login.at(other, known)).toEqual([]);
    expect(await login.at('https://acme.example/in', acme())).toEqual([]);
  });

  it('is a matter for a person when it cannot be opened', async () => {
    const foreign = basic('bolt|https://bolt.example#x');
    await expect(login.at('https://acme.example/in', foreign)).rejects.toThrow('say it anew');
    await expect(login.ofKept('receipt|bolt|https://a.example#x', 'https://a.example/', 'acme')).rejects.toThrow(
      'anew',
    );
  });

  it('is what stands in an address for receipts, percent signs and all', async () => {
    const kept = await login.kept('https://us:p%40ss@mdn.example/x', 'acme');
    const expected = `Basic ${Buffer.from('us:p@ss').toString('base64')}`;
    expect(await login.ofKept(kept!, 'https://mdn.example/x', 'acme')).toEqual([['Authorization', expected]]);
    expect(await login.kept('https://mdn.example/x', 'acme')).toBeUndefined();
  });
});
