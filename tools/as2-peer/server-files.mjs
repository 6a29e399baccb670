// The files that OpenAS2 and its descendant as2-server are started with. They share a format and differ in class names.
import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const PASSWORD = 'peer';

const CLASSES = {
  openas2: {
    main: 'org.openas2.app.OpenAS2Server',
    certificates: 'org.openas2.cert.PKCS12CertificateFactory',
    partnerships: 'org.openas2.partner.XMLPartnershipFactory',
    commands: 'org.openas2.cmd.XMLCommandRegistry',
    processor: 'org.openas2.processor.DefaultProcessor',
    modules: 'org.openas2.processor',
    own: ['sender.MDNSenderModule'],
  },
  phax: {
    main: 'com.helger.as2.app.MainOpenAS2Server',
    certificates: 'com.helger.as2.app.cert.ServerPKCS12CertificateFactory',
    partnerships: 'com.helger.as2.app.partner.ServerXMLPartnershipFactory',
    commands: 'com.helger.as2.cmd.XMLCommandRegistry',
    processor: 'com.helger.as2lib.processor.DefaultMessageProcessor',
    modules: 'com.helger.as2lib.processor',
    own: ['sender.AsynchMDNSenderModule'],
  },
};

const CONSOLE_LOGGER = tag('loggers', {}, [tag('logger', { classname: 'org.openas2.logging.ConsoleLogger' })]);

/** The class that a peer is started by. */
export const mainClassOf = (product) => CLASSES[product].main;

/**
 * Writes configuration, partnerships and keys.
 *
 * @param {string} home
 * @param {import('./as2-peer.d.mts').PeerOptions & { port: number, mdnPort: number }} options
 */
export async function writeServerFiles(home, options) {
  const out = options.links.map(({ name }) => `data/out/${name}`);
  for (const folder of [...out, 'data/inbox', 'data/mdn', 'data/temp'])
    await mkdir(join(home, folder), { recursive: true });
  await writeFile(join(home, 'config.xml'), configXml(home, options));
  await writeFile(join(home, 'commands.xml'), '<commands/>');
  await writeFile(join(home, 'partnerships.xml'), partnershipsXml(options));
  await writeKeys(home, options);
}

function configXml(home, { product, port, mdnPort, links }) {
  const names = CLASSES[product];
  const data = (name) => join(home, 'data', name);
  const module = (name, attributes = {}) => tag('module', { classname: `${names.modules}.${name}`, ...attributes });
  const store = { protocol: 'as2', tempdir: data('temp') };
  const listen = {
    address: '127.0.0.1',
    errordir: data('error'),
    errorformat: 'sender.as2_id, receiver.as2_id, headers.message-id',
  };
  const poll = (name) =>
    module('receiver.AS2DirectoryPollingModule', {
      outboxdir: data(`out/${name}`),
      errordir: data('error'),
      interval: 1,
      mimetype: 'application/EDI-X12',
      sendfilename: 'true',
      defaults: `sender.as2_id=${name}, receiver.as2_id=RAILHEAD`,
    });
  const modules = [
    module('sender.AS2SenderModule'),
    ...names.own.map((name) => module(name)),
    ...links.map(({ name }) => poll(name)),
    module('storage.MDNFileModule', {
      ...store,
      filename: `${data('mdn')}/$mdn.msg.sender.as2_id$-$mdn.msg.receiver.as2_id$-$mdn.msg.headers.message-id$`,
    }),
    module('storage.MessageFileModule', {
      ...store,
      filename: `${data('inbox')}/$msg.sender.as2_id$-$msg.receiver.as2_id$-$msg.headers.message-id$`,
    }),
    module('receiver.AS2ReceiverModule', { port, ...listen }),
    module('receiver.AS2MDNReceiverModule', { port: mdnPort, ...listen }),
  ];
  return tag('openas2', {}, [
    tag('certificates', {
      classname: names.certificates,
      type: 'pkcs12',
      filename: join(home, 'keys.p12'),
      password: PASSWORD,
      interval: 300,
    }),
    tag('partnerships', { classname: names.partnerships, filename: join(home, 'partnerships.xml') }),
    ...(product === 'openas2' ? [CONSOLE_LOGGER] : []),
    tag('commands', { classname: names.commands, filename: join(home, 'commands.xml') }),
    tag('commandProcessors', {}),
    tag(
      'processor',
      { classname: names.processor, pendingMDN: data('pending'), pendingMDNinfo: data('pendinginfo') },
      modules,
    ),
  ]);
}

function partnershipsXml({ railheadUrl, port, mdnPort, links }) {
  const partner = (name, alias) =>
    tag('partner', { name, as2_id: name, x509_alias: alias, email: `edi@${name.toLowerCase()}.example` });
  return tag('partnerships', {}, [
    partner('RAILHEAD', 'railhead'),
    ...links.map(({ name }) => partner(name, 'peer')),
    ...links.map((link) => partnership(link.name, 'RAILHEAD', railheadUrl, sendingBy(link, mdnPort))),
    ...links.map((link) => partnership('RAILHEAD', link.name, `http://127.0.0.1:${port}/`, expectedBy(link))),
  ]);
}

function partnership(from, to, url, more) {
  const attributes = Object.entries({ protocol: 'as2', subject: 'EDI', as2_url: url, ...more });
  return tag('partnership', { name: `${from}-${to}` }, [
    tag('sender', { name: from }),
    tag('receiver', { name: to }),
    ...attributes.map(([name, value]) => tag('attribute', { name, value })),
  ]);
}

/** as2-lib takes from here, not from the message, what the code of its receipt is over. */
function expectedBy({ isPlain = false, compress }) {
  return isPlain ? {} : { sign: 'sha256', encrypt: '3des', ...compression(compress) };
}

function compression(when) {
  return when === undefined ? {} : { compression_type: 'ZLIB', compression_mode: `compress-${when}` };
}

/** How the peer sends. */
function sendingBy({ encrypt, sign, compress, isAsync }, mdnPort) {
  return {
    as2_mdn_to: 'edi@peer.example',
    as2_mdn_options: `signed-receipt-protocol=optional, pkcs7-signature; signed-receipt-micalg=optional, ${sign ?? 'sha1'}`,
    ...(encrypt && { encrypt }),
    ...(sign && { sign }),
    ...(compress && { compression_type: 'ZLIB', compression_mode: `compress-${compress}` }),
    ...(isAsync && { as2_receipt_option: `http://127.0.0.1:${mdnPort}/` }),
    content_transfer_encoding: 'binary',
  };
}

/** Old ways of wrapping: the peers bring crypto libraries of their time. */
async function writeKeys(home, { peer, railheadCertificatePem }) {
  const file = (name) => join(home, name);
  await writeFile(file('peer.key'), peer.privateKeyPem, { mode: 0o600 });
  await writeFile(file('peer.pem'), peer.certificatePem);
  await writeFile(file('railhead.pem'), railheadCertificatePem);
  const old = ['-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'];
  const own = ['-in', file('peer.pem'), '-inkey', file('peer.key'), '-name', 'peer'];
  const theirs = ['-certfile', file('railhead.pem'), '-caname', 'railhead'];
  const out = ['-passout', `pass:${PASSWORD}`, '-out', file('keys.p12')];
  execFileSync('openssl', ['pkcs12', '-export', ...old, ...own, ...theirs, ...out], { stdio: 'ignore' });
  await rm(file('peer.key'));
}

function tag(name, attributes, inner = []) {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(String(value))}"`);
  return `<${name}${written.join('')}>${inner.join('\n')}</${name}>\n`;
}

function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
