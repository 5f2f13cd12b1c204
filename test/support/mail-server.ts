import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';

/** A mail as its recipient receives it. */
export interface ReceivedMail {
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  /** As received over the connection. */
  readonly raw: string;
}

/**
 * How a mail server behaves: normally; rejecting an address permanently or temporarily; rejecting the text; closing the
 * connection after the text; or accepting the text without a reply.
 */
export type Mood = 'WELL' | 'REFUSES_ADDRESS' | 'BUSY' | 'REFUSES_TEXT' | 'DROPS_LINE' | 'SAYS_NOTHING';

/** How long a test waits for a mail (in ms). Not part of the specification. */
const PATIENCE_MS = 20_000;

/** A real SMTP server on a free local port, which stores what it receives. */
export class MailServer {
  readonly mails: ReceivedMail[] = [];
  mood: Mood = 'WELL';
  /** How many clients sent a complete text, whatever the outcome. */
  texts = 0;
  readonly #waiting: (() => void)[] = [];
  readonly #server: SMTPServer;

  private constructor() {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      onRcptTo: (_address, _session, done) => {
        if (this.mood === 'REFUSES_ADDRESS') done(Object.assign(new Error('no such mailbox'), { responseCode: 550 }));
        else if (this.mood === 'BUSY') done(Object.assign(new Error('come back later'), { responseCode: 451 }));
        else done();
      },
      onData: (stream, session, done) => {
        void this.#take(stream, session, done);
      },
    });
    this.#server.on('error', () => undefined);
  }

  static async start(port = 0): Promise<MailServer> {
    const server = new MailServer();
    server.#server.listen(port, '127.0.0.1');
    await once(server.#server.server, 'listening');
    return server;
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  to(address: string): ReceivedMail[] {
    return this.mails.filter((mail) => mail.to === address);
  }

  /** Resolves when a condition on the received mail becomes true. */
  async until(isTrue: (server: MailServer) => boolean): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (!isTrue(this)) {
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(
          () =>
            reject(
              new Error(
                `the mail did not come; there are: ${this.mails.map(({ to, subject }) => `${subject} to ${to}`).join(', ') || 'none'}`,
              ),
            ),
          deadline - Date.now(),
        );
        this.#waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  /** The newest mail to an address, once there are `count`. */
  async mailTo(address: string, count = 1): Promise<ReceivedMail> {
    await this.until(() => this.to(address).length >= count);
    return this.to(address).at(-1)!;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #take(
    stream: SMTPServerDataStream,
    session: { envelope: { rcptTo: { address: string }[] } },
    done: (error?: Error) => void,
  ): Promise<void> {
    const raw = await readWhole(stream);
    if (raw === null) return;
    this.texts += 1;
    if (this.mood === 'REFUSES_TEXT') done(Object.assign(new Error('refused'), { responseCode: 554 }));
    else {
      const { subject = '', text = '', html, messageId = '', from } = await simpleParser(raw);
      for (const { address } of session.envelope.rcptTo)
        this.mails.push({ to: address, from: from?.text ?? '', subject, text, html: html || '', messageId, raw });
      if (this.mood === 'DROPS_LINE') this.#dropLines();
      else if (this.mood !== 'SAYS_NOTHING') done();
    }
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Closes every connection without a reply. */
  #dropLines(): void {
    for (const connection of this.#server.connections as Set<{ _socket: Socket }>) connection._socket.destroy();
  }
}

/** The text that a client sends; null when it aborts. */
async function readWhole(stream: SMTPServerDataStream): Promise<string | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString();
  } catch {
    return null;
  }
}

/** A port that accepts connections and never replies. */
export async function startSilentServer(): Promise<{ url: string; close(): void }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** The six-digit code in a mail. */
export const codeIn = ({ text }: ReceivedMail): string => /^ {4}(\d{6})$/m.exec(text)?.[1] ?? '';

/** The token of the link in a mail. */
export const tokenIn = ({ text }: ReceivedMail): string => /#(ps[a-z]_\w+)/.exec(text)?.[1] ?? '';
