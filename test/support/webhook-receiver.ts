import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { Webhook } from 'standardwebhooks';
import type { Certificate } from './certificates.js';
import { eventually } from './eventually.js';

/** A message as its receiver gets it. */
export interface ReceivedMessage {
  readonly path: string;
  /** The name that the client asked for in the TLS handshake (RFC 6066); null without one. */
  readonly serverName: string | null;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/**
 * How a receiver answers: with a status; never; with a redirect; by closing the connection before or during its answer;
 * with an endless or a large body; slowly; or with a switch of protocols.
 */
export type Manner =
  number | 'HANGS' | 'REDIRECTS' | 'CLOSES_EARLY' | 'CUTS_ANSWER_OFF' | 'SENDS_FOREVER' | 'DRIPS' | 'UPGRADES';

const ANSWER = 204;

/** A real receiver on a free local port, which keeps what it gets. */
export class WebhookReceiver {
  readonly messages: ReceivedMessage[] = [];
  /** How each message is answered; after the last one it repeats. */
  manners: Manner[] = [ANSWER];
  /** How many requests were answered at the same time, at most. */
  mostAtOnce = 0;
  #atOnce = 0;
  /** Waits before each answer. */
  delayMs = 0;
  readonly #server;

  /** @param certificate makes it a receiver with TLS */
  private constructor(certificate: Certificate | null) {
    const take = (request: IncomingMessage, response: ServerResponse) => void this.#take(request, response);
    this.#server = certificate ? createSecureServer(certificate, take) : createServer(take);
  }

  static async start(host = '127.0.0.1', certificate: Certificate | null = null): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver(certificate);
    receiver.#server.listen(0, host);
    await once(receiver.#server, 'listening');
    return receiver;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/events`;
  }

  /** The messages of one type. */
  ofType(type: string): readonly ReceivedMessage[] {
    return this.messages.filter(({ body }) => (JSON.parse(body) as { type: string }).type === type);
  }

  /** Waits until this many messages have come. */
  async received(count: number): Promise<readonly ReceivedMessage[]> {
    await eventually(() => this.messages.length >= count, `${count} messages`);
    return this.messages;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const manner = this.manners[Math.min(this.messages.length, this.manners.length - 1)] ?? ANSWER;
    const { servername } = request.socket as Partial<TLSSocket> & { readonly servername?: string | false };
    this.messages.push({ path: request.url ?? '', serverName: servername || null, headers: request.headers, body });
    this.mostAtOnce = Math.max(this.mostAtOnce, (this.#atOnce += 1));
    response.on('close', () => (this.#atOnce -= 1));
    setTimeout(() => answer(manner, request, response), this.delayMs);
  }
}

function answer(manner: Manner, request: IncomingMessage, response: ServerResponse): void {
  if (typeof manner === 'number') return void response.writeHead(manner).end();
  if (manner === 'REDIRECTS') {
    response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end();
  } else if (manner === 'CLOSES_EARLY') {
    request.socket.destroy();
  } else if (manner === 'CUTS_ANSWER_OFF') {
    response.writeHead(200, { 'content-length': '100' }).write('x');
    setTimeout(() => request.socket.destroy(), 20);
  } else if (manner === 'SENDS_FOREVER') {
    response.writeHead(200);
    const send = () => {
      while (!response.destroyed && response.write('x'.repeat(1_000)));
    };
    response.on('drain', send);
    send();
  } else if (manner === 'DRIPS') {
    response.writeHead(200);
    const timer = setInterval(() => response.write('x'), 100);
    response.on('close', () => clearInterval(timer));
  } else if (manner === 'UPGRADES') {
    request.socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
  }
}

/** The content of a message, whose signature the library of receivers makes too. @throws if it is not genuine */
export function verifyMessage(secret: string, { body, headers }: ReceivedMessage): unknown {
  // Its own verification compares the time with the machine's, and tests advance another clock.
  const sentAt = new Date(Number(headers['webhook-timestamp']) * 1_000);
  const signature = new Webhook(secret).sign(String(headers['webhook-id']), sentAt, body);
  if (!String(headers['webhook-signature']).split(' ').includes(signature)) throw new Error('not genuine');
  return JSON.parse(body);
}
