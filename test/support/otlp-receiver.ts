import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from './eventually.js';

type Value = string | number | undefined;

/** A span as it was received. */
export interface ReceivedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Missing from the first span of a trace. */
  readonly parentSpanId?: string;
  /** 1: part of the work, 2: of a server, 3: of a client, 5: of a consumer. */
  readonly kind: number;
  readonly attributes: Readonly<Record<string, Value>>;
  /** Empty unless it failed; 2 is an error. */
  readonly status: { readonly code?: number; readonly message?: string };
}

type Pairs = readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
type RawSpan = Omit<ReceivedSpan, 'attributes'> & { readonly attributes: Pairs };

interface Body {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: Pairs };
    readonly scopeSpans: readonly { readonly spans: readonly RawSpan[] }[];
  }[];
}

/** A real receiver of OTLP over HTTP on a free local port, which keeps what it gets. */
export class OtlpReceiver {
  readonly requests: { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
  /** How it answers; null: never. */
  status: number | null = 200;
  readonly #server = createServer((request, response) => void this.#take(request, response));

  static async start(): Promise<OtlpReceiver> {
    const receiver = new OtlpReceiver();
    receiver.#server.listen(0, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The settings of a server that sends to it, in JSON, which tests can read. */
  get settings(): Record<string, string> {
    return { OTEL_EXPORTER_OTLP_ENDPOINT: this.url, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' };
  }

  /** Everything that it got, as text. */
  get text(): string {
    return this.requests.map(({ body }) => body).join('\n');
  }

  /** The spans that it got, in the order in which they ended. */
  get spans(): ReceivedSpan[] {
    return this.#bodies.flatMap(({ resourceSpans }) =>
      resourceSpans.flatMap(({ scopeSpans }) =>
        scopeSpans.flatMap(({ spans }) => spans.map((span) => ({ ...span, attributes: toObject(span.attributes) }))),
      ),
    );
  }

  /** The attributes of the process that sent to it. */
  get resource(): Readonly<Record<string, Value>> {
    return toObject(this.#bodies[0]?.resourceSpans[0]?.resource.attributes ?? []);
  }

  /** Waits until it has a span. */
  async span(isWanted: (span: ReceivedSpan) => boolean, what: string): Promise<ReceivedSpan> {
    await eventually(() => this.spans.some(isWanted), what);
    return this.spans.find(isWanted)!;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  get #bodies(): Body[] {
    return this.requests.map(({ body }) => JSON.parse(body) as Body);
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    this.requests.push({
      path: request.url ?? '',
      headers: request.headers,
      // Protobuf contains strings as they are; `latin1` keeps every other byte.
      body: Buffer.concat(chunks).toString(request.headers['content-type'] === 'application/json' ? 'utf8' : 'latin1'),
    });
    if (this.status !== null) response.writeHead(this.status).end();
  }
}

const toObject = (pairs: Pairs): Readonly<Record<string, Value>> =>
  Object.fromEntries(
    pairs.map(({ key, value }) => [key, (value['stringValue'] ?? value['intValue'] ?? value['doubleValue']) as Value]),
  );
