import { createSocket, type Socket as DatagramSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createSecureServer } from 'node:tls';
import type { Certificate } from './certificates.js';
import { eventually } from './eventually.js';

/**
 * How a receiver treats a connection: it reads everything; reads nothing and resets it; never closes it; or first
 * closes its side, and drops what comes.
 */
export type SyslogManner = 'READS' | 'RESETS' | 'HOLDS' | 'CLOSES_FIRST';

/** A syslog receiver on a local port, which keeps what it gets. */
export class SyslogReceiver {
  /** Each message, without its length. */
  readonly messages: string[] = [];
  /** How connections are treated, one after the other; after the last one it repeats. */
  manners: SyslogManner[] = ['READS'];
  /** How many connections were opened. */
  connections = 0;
  /** The open connections, and how to keep what was read of each. */
  readonly #sockets = new Map<Socket, () => void>();

  private constructor(
    readonly transport: 'udp' | 'tcp' | 'tls',
    readonly host: string,
    private readonly listener: Server | DatagramSocket,
  ) {}

  /** @param certificate of a receiver with TLS */
  static async start(
    transport: 'udp' | 'tcp' | 'tls',
    { port = 0, host = '127.0.0.1', certificate }: { port?: number; host?: string; certificate?: Certificate } = {},
  ): Promise<SyslogReceiver> {
    const take = (socket: Socket) => receiver.#take(socket);
    const listener =
      transport === 'udp'
        ? createSocket('udp4', (message) => void receiver.messages.push(message.toString()))
        : transport === 'tls'
          ? createSecureServer(certificate!, take)
          : createServer(take);
    const receiver = new SyslogReceiver(transport, host, listener);
    if (listener instanceof Object && 'bind' in listener) listener.bind(port, '127.0.0.1');
    else listener.listen(port, '127.0.0.1');
    await once(listener, 'listening');
    return receiver;
  }

  get port(): number {
    return (this.listener.address() as AddressInfo).port;
  }

  get url(): string {
    return `${this.transport}://${this.host}:${this.port}`;
  }

  /** The IDs of the events, in the order in which they came. */
  get ids(): string[] {
    return this.messages.map((message) => / id="([0-9a-f-]+)"/.exec(message)![1]!);
  }

  /** Waits until this many messages have come. */
  async received(count: number, timeoutMs?: number): Promise<readonly string[]> {
    await eventually(() => this.messages.length >= count, `${count} messages`, timeoutMs);
    return this.messages;
  }

  async close(): Promise<void> {
    // An orderly end tells the sender that all was read, so what was read counts.
    for (const [socket, keep] of this.#sockets) {
      keep();
      socket.destroy();
    }
    this.listener.close();
    await once(this.listener, 'close');
  }

  #take(socket: Socket): void {
    this.connections += 1;
    this.#sockets.set(socket, () => undefined);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
    const manner = this.manners.length > 1 ? this.manners.shift()! : this.manners[0]!;
    if (manner === 'RESETS') {
      // The system resets a connection that is closed with unread data; TLS has no call for it.
      socket.once('readable', () => (this.transport === 'tls' ? socket.destroy() : socket.resetAndDestroy()));
      return;
    }
    if (manner === 'CLOSES_FIRST') {
      socket.end();
      socket.resume();
      return;
    }
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    if (manner === 'HOLDS') {
      socket.allowHalfOpen = true;
      return;
    }
    const keep = () => void this.messages.push(...messagesIn(Buffer.concat(chunks.splice(0))));
    this.#sockets.set(socket, keep);
    socket.on('end', keep);
  }
}

/** The complete messages of a stream with octet counting (RFC 6587, section 3.4.1). */
function messagesIn(stream: Buffer): string[] {
  const messages: string[] = [];
  for (let start = 0; start < stream.length;) {
    const space = stream.indexOf(' ', start);
    const end = space + 1 + Number(stream.subarray(start, space).toString());
    if (space < 0 || end > stream.length) break;
    messages.push(stream.subarray(space + 1, end).toString());
    start = end;
  }
  return messages;
}
