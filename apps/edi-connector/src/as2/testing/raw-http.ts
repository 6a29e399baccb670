import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** What came back on a connection, up to its end. */
export interface RawAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
  /** All of it. */
  readonly text: string;
}

/** Sends exactly these bytes, and reads until the other side closes the connection. */
export async function sendRaw(port: number, ...pieces: readonly (string | Buffer)[]): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  const came: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => void came.push(chunk));
  await once(socket, 'connect');
  for (const piece of pieces) await written(socket, piece);
  if (!socket.closed) await once(socket, 'close');
  return parsed(Buffer.concat(came));
}

async function written(socket: Socket, piece: string | Buffer): Promise<void> {
  await new Promise<void>((resolve) => void socket.write(piece, 'latin1', () => resolve()));
}

function parsed(bytes: Buffer): RawAnswer {
  const text = bytes.toString('latin1');
  const final = text.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '');
  const end = final.indexOf('\r\n\r\n');
  const [first = '', ...lines] = final.slice(0, end).split('\r\n');
  const headers = new Map(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return { status: Number(first.split(' ')[1]), headers, body: Buffer.from(final.slice(end + 4), 'latin1'), text };
}

/** The header of a POST, each field in one line, with the empty line at its end. */
export function head(path: string, fields: readonly (readonly [name: string, value: string])[]): string {
  const lines = [`POST ${path} HTTP/1.1`, 'Host: localhost', 'Connection: close'];
  return [...lines, ...fields.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n');
}
