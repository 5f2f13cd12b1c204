import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A proxy between a server under test and its database, which a test can cut, freeze and restore. */
export interface TcpProxy {
  /** The URL of the database through the proxy. */
  readonly url: string;
  /** Closes every connection and rejects new ones. */
  cut(): Promise<void>;
  /** Forwards nothing, without closing connections or rejecting new ones. */
  freeze(): Promise<void>;
  /** Forwards everything again, including held-back data. */
  restore(): Promise<void>;
  /** Opens further connections to the server of another URL. Those that are open stay where they are. */
  redirect(target: string): void;
  close(): Promise<void>;
}

/** Opens a proxy to the database of a URL. */
export async function openProxy(target: string): Promise<TcpProxy> {
  let { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let frozen = false;

  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk) => to.write(chunk));
      from.on('error', () => undefined);
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      if (frozen) from.pause();
    }
  });
  const listen = async (wanted: number) => {
    server.listen(wanted, '127.0.0.1');
    await once(server, 'listening');
  };
  const stop = async () => {
    if (!server.listening) return;
    server.close();
    for (const socket of sockets) socket.destroy();
    await once(server, 'close');
  };

  await listen(0);
  const { port: own } = server.address() as { port: number };
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String(own);
  return {
    url: url.href,
    cut: stop,
    freeze: () => {
      frozen = true;
      for (const socket of sockets) socket.pause();
      return Promise.resolve();
    },
    restore: async () => {
      frozen = false;
      for (const socket of sockets) socket.resume();
      if (!server.listening) await listen(own);
    },
    redirect: (next) => {
      ({ hostname, port } = new URL(next));
    },
    close: stop,
  };
}
