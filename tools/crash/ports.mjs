import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

// Below the range from which the system gives ports away by itself (32768 and up): a service that was killed must find its
// own port free when it comes back.
const FROM = 20_000;
const TO = 32_000;

/** A port on loopback that is free now, and that nobody gets by chance. */
export async function freePort() {
  for (;;) {
    const port = randomInt(FROM, TO);
    if (await isFree(port)) return port;
  }
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer().on('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
