import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A wire to a server on this machine that can fall silent: it stays up, and nothing passes any more. */
export interface SilentWire {
  /** The address of the server, by way of the wire. */
  readonly url: string;
  /** Every connection there is goes silent for good; new ones work. */
  silence(): void;
  /** The server has asked those that went silent often enough, and lets them go. The clients do not hear of it. */
  serverLetsGo(): void;
  close(): Promise<void>;
}

interface Pair {
  readonly client: Socket;
  readonly upstream: Socket;
  isSilent: boolean;
}

/** Opens a wire to the server of a database. */
export async function silentWire(to: string): Promise<SilentWire> {
  const url = new URL(to);
  const { hostname, port } = url;
  const pairs = new Set<Pair>();
  const server = createServer((client) => pairs.add(join(client, connect(Number(port), hostname))));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    silence: () => {
      for (const pair of pairs) {
        pair.isSilent = true;
        for (const socket of [pair.client, pair.upstream]) socket.unpipe().pause();
      }
    },
    serverLetsGo: () => {
      for (const { isSilent, upstream } of pairs) if (isSilent) upstream.destroy();
    },
    close: async () => {
      for (const { client, upstream } of pairs) for (const socket of [client, upstream]) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function join(client: Socket, upstream: Socket): Pair {
  const pair = { client, upstream, isSilent: false };
  for (const [from, other] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    from.on('error', () => undefined);
    from.once('close', () => void (pair.isSilent || other.destroy()));
    from.pipe(other);
  }
  return pair;
}
