import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

const closing: (() => void)[] = [];

/** Closes the servers that a test started. */
export function closeSmtpServers(): void {
  for (const close of closing.splice(0)) close();
}

/** Starts a real SMTP server with some options on a free port. @returns the host and port, as in a URL */
export async function startSmtpServer(options: SMTPServerOptions): Promise<string> {
  const server = new SMTPServer({ logger: false, authOptional: true, ...options });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  closing.push(() => server.close());
  return `127.0.0.1:${(server.server.address() as AddressInfo).port}`;
}

/** Starts a server that sends a text to each client and closes the connection. */
export async function startTalkingServer(text: string): Promise<string> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined).end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
