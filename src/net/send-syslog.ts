import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, isIP, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import type { ResolveName } from './resolve-name.js';

/** Where and how messages are sent. */
export interface SyslogReceiver {
  readonly transport: 'udp' | 'tcp' | 'tls';
  /** A name, or an IP address without brackets. */
  readonly host: string;
  readonly port: number;
}

/** How long a host has to say that nothing listens at its port, which it says only after a datagram (ICMP). */
const REFUSAL_MS = 100;

/**
 * Sends messages to a syslog receiver, in order. Over TCP and TLS it resolves when the receiver has read all of them
 * and closed the connection; UDP has no such sign.
 *
 * @param signal ends the attempt
 * @throws if it is not known that all messages arrived; some of them may have
 */
export async function sendSyslog(
  { transport, host, port }: SyslogReceiver,
  messages: readonly Buffer[],
  resolveName: ResolveName,
  signal: AbortSignal,
): Promise<void> {
  const [address] = await resolveName(host, signal);
  if (address === undefined) throw new Error('the name of the receiver has no address');
  if (transport === 'udp') return sendDatagrams(address, port, messages);
  const socket =
    transport === 'tls'
      ? connectTls({ host: address, port, minVersion: 'TLSv1.2', ...(isIP(host) === 0 ? { servername: host } : {}) })
      : connect({ host: address, port });
  await sendStream(socket, transport === 'tls' ? 'secureConnect' : 'connect', messages, signal);
}

/** One message a datagram (RFC 5426). */
async function sendDatagrams(address: string, port: number, messages: readonly Buffer[]) {
  const socket = createSocket(isIP(address) === 6 ? 'udp6' : 'udp4');
  const failed = once(socket, 'error').then(([error]) => Promise.reject(error as Error));
  // Nothing may be left unhandled when the sending fails first.
  failed.catch(() => undefined);
  try {
    socket.connect(port, address);
    await Promise.race([failed, once(socket, 'connect')]);
    for (const message of messages)
      await Promise.race([
        failed,
        new Promise<void>((resolve, reject) => {
          socket.send(message, (error) => (error ? reject(error) : resolve()));
        }),
      ]);
    await Promise.race([failed, delay(REFUSAL_MS)]);
  } finally {
    socket.close();
  }
}

/**
 * Messages with their length (RFC 6587, section 3.4.1; RFC 5425, section 4.3). A receiver that closes before it has
 * read everything resets the connection, which is an error.
 */
async function sendStream(socket: Socket, connected: string, messages: readonly Buffer[], signal: AbortSignal) {
  const abort = () => socket.destroy(new Error('no answer in time'));
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  let [isSent, isRead] = [false, false];
  socket.on('finish', () => (isSent = true));
  socket.on('end', () => (isRead = isSent));
  socket.on('error', () => undefined);
  // What a receiver sends means nothing, but unread it would hide the end.
  socket.resume();
  try {
    const closed = once(socket, 'close');
    await Promise.race([once(socket, connected), closed]);
    socket.end(Buffer.concat(messages.flatMap((message) => [Buffer.from(`${message.length} `), message])));
    await closed;
    if (!isRead) throw new Error('the receiver closed the connection early');
  } finally {
    signal.removeEventListener('abort', abort);
    socket.destroy();
  }
}
