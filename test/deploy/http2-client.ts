import { once } from 'node:events';
import { connect, type ClientHttp2Session, type ClientHttp2Stream, type IncomingHttpHeaders } from 'node:http2';
import { connect as connectTls } from 'node:tls';

/** An answer, complete. */
export interface Http2Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** The name in the certificate and in `Host`. */
export const HOST = 'account.example.org';

/** How many requests one connection sends. nginx ends it after 1,000, and a browser opens another one. */
const REQUESTS_PER_CONNECTION = 500;

/** A browser's connection: HTTP/2 over TLS, with a certificate that it verifies. */
export class Http2Client {
  private session: ClientHttp2Session;
  private requests = 0;

  private constructor(private readonly connect: () => ClientHttp2Session) {
    this.session = connect();
  }

  /** Connects to a port of 127.0.0.1 from an address of this machine, such as 127.0.0.2. */
  static async open(port: number, cert: string, localAddress = '127.0.0.1'): Promise<Http2Client> {
    const options = { host: '127.0.0.1', port, localAddress, ca: cert, servername: HOST, ALPNProtocols: ['h2'] };
    const client = new Http2Client(() => {
      const session = connect(`https://${HOST}`, { createConnection: () => connectTls(options) });
      // Requests fail with it as well. It ends with the proxy.
      session.on('error', () => session.destroy());
      return session;
    });
    await once(client.session, 'connect');
    return client;
  }

  /** The connection for the next request. A used one ends after its last answer. */
  private nextSession(): ClientHttp2Session {
    this.requests += 1;
    if (this.requests % REQUESTS_PER_CONNECTION === 0) {
      this.session.close();
      this.session = this.connect();
    }
    return this.session;
  }

  /** Sends a request, and resolves when the headers of the answer have arrived. */
  async open(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body = '',
  ): Promise<{ headers: IncomingHttpHeaders; stream: ClientHttp2Stream }> {
    const stream = this.nextSession().request(
      { ':method': method, ':path': path, ...headers },
      { endStream: body === '' },
    );
    stream.setEncoding('utf8');
    if (body !== '') stream.end(body);
    const [received] = (await once(stream, 'response')) as [IncomingHttpHeaders];
    return { headers: received, stream };
  }

  async send(...request: Parameters<Http2Client['open']>): Promise<Http2Answer> {
    const { headers, stream } = await this.open(...request);
    let text = '';
    for await (const part of stream) text += part as string;
    return { status: Number(headers[':status']), headers, text };
  }

  /** Sends a document of GraphQL, as a page of the site does. */
  post(query: string, headers: Record<string, string> = {}): Promise<Http2Answer> {
    const own = { 'content-type': 'application/json', origin: `https://${HOST}` };
    return this.send('POST', '/graphql', { ...own, ...headers }, JSON.stringify({ query }));
  }
}
