import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

// Below the range from which the system gives ports away by itself (32768 and up): a server that was killed must find its
// own port free when it comes back, and a client that knocks at it meanwhile must not be given that port for itself.
const FROM = 20_000;
const TO = 32_000;

/**
 * Free TCP ports on loopback, all different, that nobody gets by chance: they are held at the same time before they are let go.
 *
 * @param {number} count
 * @returns {Promise<number[]>}
 */
export async function freePorts(count) {
  const servers = [];
  while (servers.length < count) {
    const server = await listen(randomInt(FROM, TO)).catch(() => undefined);
    if (server !== undefined) servers.push(server);
  }
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

/** @param {number} port */
export async function isFree(port) {
  try {
    const server = await listen(port);
    await new Promise((done) => server.close(done));
    return true;
  } catch {
    return false;
  }
}

function listen(port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
