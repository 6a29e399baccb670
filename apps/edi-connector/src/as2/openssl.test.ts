import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CIPHER_NAMES, type Cipher } from './cms/ciphers.js';
import { compress } from './cms/compressed-data.js';
import { encrypt } from './cms/enveloped-data.js';
import { signDetached } from './cms/signed-data.js';
import { DIGEST_NAMES } from './digests.js';
import { writeEntity } from './mime/entity.js';
import { openMessage, type OpeningRules } from './open-message.js';
import { identity, type Identity } from './testing/identities.js';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl) console.warn('*** No openssl, so AS2 is NOT tried against it. ***');
const canCompress =
  hasOpenssl && spawnSync('openssl', ['cms', '-compress', '-in', '/dev/null', '-outform', 'DER']).status === 0;
if (hasOpenssl && !canCompress)
  console.warn('*** This openssl was built without zlib, so compression is NOT tried against it. ***');

const PAYLOAD = Buffer.from('ISA*00*1~\r\nIEA*1~\r\n', 'latin1');
const ENTITY = writeEntity([['Content-Type', 'application/edi-x12']], PAYLOAD);
const OPENSSL_CIPHERS = {
  ...Object.fromEntries(CIPHER_NAMES.map((name) => [name, name.replace(/^aes(\d+)-/, 'aes-$1-')])),
  '3des': 'des3',
} as Record<Cipher, string>;

const home = mkdtempSync(join(tmpdir(), 'railhead-as2-openssl-'));
afterAll(() => rmSync(home, { recursive: true }));
const file = (name: string): string => join(home, name);
const openssl = (...words: string[]): Buffer => execFileSync('openssl', words, { stdio: ['ignore', 'pipe', 'pipe'] });

let us: Identity;
let them: Identity;

beforeAll(async () => {
  [us, them] = await Promise.all([identity('us'), identity('them')]);
  for (const [name, one] of [
    ['us', us],
    ['them', them],
  ] as const) {
    writeFileSync(file(`${name}.pem`), one.certificatePem);
    writeFileSync(file(`${name}.key`), one.privateKeyPem);
  }
  writeFileSync(file('entity'), ENTITY);
});

const rules = (): OpeningRules => ({
  keys: [us],
  trusted: [them.certificate],
  mustBeSigned: false,
  mustBeEncrypted: false,
  readsWeak: true,
  bytesMax: 1_000_000,
});

function opened(contentType: string, body: Buffer) {
  return openMessage(new Map([['content-type', contentType]]), body, rules());
}

(hasOpenssl ? describe : describe.skip)('openssl and we', () => {
  it.each(DIGEST_NAMES)('read each other’s signatures over %s', (digest) => {
    writeFileSync(file('sig'), signDetached(ENTITY, digest, us));
    const believing = ['-certfile', file('us.pem'), '-nointern', '-noverify'];
    const content = openssl(
      'cms',
      '-verify',
      '-binary',
      '-inform',
      'DER',
      '-in',
      file('sig'),
      '-content',
      file('entity'),
      ...believing,
    );
    expect(content).toEqual(ENTITY);

    const signing = ['-sign', '-binary', '-md', digest, '-signer', file('them.pem'), '-inkey', file('them.key')];
    for (const more of [[], ['-nocerts'], ['-noattr'], ['-keyid'], ['-keyopt', 'rsa_padding_mode:pss']]) {
      const opaque = openssl('cms', ...signing, ...more, '-nodetach', '-in', file('entity'), '-outform', 'DER');
      expect(opened('application/pkcs7-mime; smime-type=signed-data', opaque)).toMatchObject({
        ok: true,
        payload: PAYLOAD,
        signedWith: digest,
      });
    }
  });

  it('read each other’s signatures with EC keys', async () => {
    for (const curve of ['P-256', 'P-384'] as const) {
      const ec = await identity('ec', { curve });
      writeFileSync(file('ec.pem'), ec.certificatePem);
      writeFileSync(file('ec.key'), ec.privateKeyPem);
      writeFileSync(file('sig'), signDetached(ENTITY, 'sha384', ec));
      const reading = ['-verify', '-binary', '-inform', 'DER', '-in', file('sig'), '-content', file('entity')];
      const believing = ['-certfile', file('ec.pem'), '-nointern', '-noverify'];
      expect(openssl('cms', ...reading, ...believing)).toEqual(ENTITY);

      const signing = ['-sign', '-binary', '-signer', file('ec.pem'), '-inkey', file('ec.key'), '-nodetach'];
      const opaque = openssl('cms', ...signing, '-in', file('entity'), '-outform', 'DER');
      const headers = new Map([['content-type', 'application/pkcs7-mime; smime-type=signed-data']]);
      const trusting = (one: Identity) => openMessage(headers, opaque, { ...rules(), trusted: [one.certificate] });
      expect(trusting(ec)).toMatchObject({ ok: true, payload: PAYLOAD, signedWith: 'sha256' });
      expect(trusting(them)).toMatchObject({ ok: false });
    }
  });

  it('agree on multipart/signed as openssl writes it', () => {
    const signing = ['-sign', '-signer', file('them.pem'), '-inkey', file('them.key')];
    const message = openssl('cms', ...signing, '-in', file('entity'), '-outform', 'SMIME').toString('latin1');
    const [header = '', body = ''] = message.split(/\n\n([\s\S]*)/, 2);
    const contentType = /Content-Type: (.*)/.exec(header)?.[1] ?? '';
    expect(opened(contentType, Buffer.from(body, 'latin1'))).toMatchObject({
      ok: true,
      signedWith: 'sha256',
      payload: PAYLOAD,
    });
  });

  it.each(CIPHER_NAMES)('read each other’s %s', (cipher) => {
    for (const keyTransport of ['rsa-pkcs1', 'rsa-oaep'] as const) {
      writeFileSync(file('sealed'), encrypt(ENTITY, { certificate: us.certificate, cipher, keyTransport }));
      const reading = ['-recip', file('us.pem'), '-inkey', file('us.key')];
      expect(openssl('cms', '-decrypt', '-inform', 'DER', '-binary', '-in', file('sealed'), ...reading)).toEqual(
        ENTITY,
      );
    }
    for (const how of [
      [],
      ['-keyopt', 'rsa_padding_mode:oaep'],
      ['-stream'],
      ['-keyopt', 'rsa_padding_mode:oaep', '-keyopt', 'rsa_oaep_md:sha256'],
      ['-keyopt', 'rsa_padding_mode:oaep', '-keyopt', 'rsa_oaep_md:sha256', '-keyopt', 'rsa_mgf1_md:sha1'],
    ]) {
      const sealing = ['-encrypt', '-binary', `-${OPENSSL_CIPHERS[cipher]}`, '-recip', file('us.pem')];
      const sealed = openssl('cms', ...sealing, ...how, '-in', file('entity'), '-outform', 'DER');
      expect(opened('application/pkcs7-mime; smime-type=enveloped-data', sealed)).toMatchObject({
        ok: true,
        payload: PAYLOAD,
        cipher,
      });
    }
  });

  it('find our part among several readers, by number or by key id', () => {
    for (const how of [[], ['-keyid']]) {
      const sealed = openssl(
        'cms',
        '-encrypt',
        '-binary',
        '-aes128',
        '-in',
        file('entity'),
        '-outform',
        'DER',
        ...how,
        '-recip',
        file('them.pem'),
        '-recip',
        file('us.pem'),
      );
      expect(opened('application/pkcs7-mime', sealed)).toMatchObject({ ok: true, payload: PAYLOAD });
    }
  });

  (canCompress ? it : it.skip)('read each other’s compression', () => {
    writeFileSync(file('small'), compress(ENTITY));
    expect(openssl('cms', '-uncompress', '-inform', 'DER', '-in', file('small'))).toEqual(ENTITY);
    const small = openssl('cms', '-compress', '-binary', '-in', file('entity'), '-outform', 'DER');
    expect(opened('application/pkcs7-mime; smime-type=compressed-data', small)).toMatchObject({
      ok: true,
      payload: PAYLOAD,
    });
  });
});
