import type { Log } from '@railhead/service-kit';
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer, type AddressInfo, type Server as NetServer, type Socket } from 'node:net';

/** Where the door is, and who serves what comes through. */
export interface UnfoldingDoorSettings {
  /** 0: any free one. */
  readonly port: number;
  readonly host: string;
  readonly requestTimeoutMs: number;
  readonly route: (request: IncomingMessage, response: ServerResponse) => void;
}

const HEADER_BYTES_MAX = 16 * 1024;
const HEADER_MS_MAX = 10_000;
const END = Buffer.from('\r\n\r\n');
const AS2 = /^\/as2(\?|$)/;
const BAD_REQUEST = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

/**
 * A port of its own for AS2 servers that fold header lines, which Node refuses. The lines are unfolded before Node's parser
 * sees them, which stays as strict as it is everywhere. One request per connection: should anybody in between read it
 * otherwise than we do, nothing can be hidden behind it.
 */
export class UnfoldingDoor {
  private readonly http: Server;
  private readonly listener: NetServer;
  private readonly sockets = new Set<Socket>();

  constructor(
    private readonly settings: UnfoldingDoorSettings,
    private readonly log: Log,
  ) {
    const limits = { requestTimeout: settings.requestTimeoutMs, headersTimeout: HEADER_MS_MAX };
    this.http = createHttpServer(limits, (request, response) => {
      response.shouldKeepAlive = false;
      if (AS2.test(request.url ?? '')) settings.route(request, response);
      else response.writeHead(404).end();
    });
    this.http.maxRequestsPerSocket = 1;
    this.listener = createServer((socket) => this.welcome(socket));
  }

  /** The port that it listens on. */
  get port(): number {
    return (this.listener.address() as AddressInfo | null)?.port ?? 0;
  }

  async start(): Promise<void> {
    const { port, host } = this.settings;
    await new Promise<void>((resolve, reject) => {
      this.listener.once('error', reject);
      this.listener.listen(port, host, resolve);
    });
    this.log.info({ port: this.port, host }, 'AS2 port for folded header lines is up');
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.listener.close(resolve));
    this.http.closeAllConnections();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private welcome(socket: Socket): void {
    this.sockets.add(socket);
    const late = setTimeout(() => socket.destroy(), HEADER_MS_MAX);
    socket
      .on('error', () => socket.destroy())
      .once('close', () => {
        clearTimeout(late);
        this.sockets.delete(socket);
      });
    let head: Buffer = Buffer.alloc(0);
    const read = (chunk: Buffer): void => {
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf(END);
      if (end === -1 && head.length <= HEADER_BYTES_MAX) return;
      socket.pause().off('data', read);
      clearTimeout(late);
      if (end === -1) return void socket.end(BAD_REQUEST);
      this.http.emit('connection', socket);
      socket.unshift(Buffer.concat([unfolded(head.subarray(0, end)), head.subarray(end)]));
      socket.resume();
    };
    socket.on('data', read);
  }
}

/** Header lines each in one line. A fold after the line of the request makes that one unreadable, as it should. */
export function unfolded(head: Buffer): Buffer {
  return Buffer.from(head.toString('latin1').replaceAll(/\r\n[ \t]+/g, ' '), 'latin1');
}
