import { Agent, request } from 'node:https';
import { text } from 'node:stream/consumers';
import { HOST } from '../../test/deploy/http2-client.js';
import type { Disturbances } from './disturbances.ts';
import type { Ledger, Verdict } from './ledger.ts';

/** After this time a request counts as lost (in ms). Postern answers or gives up in less. */
const TIMEOUT_MS = 30_000;
/** How many connections a client opens: nginx accepts 512 in all, to both sides. */
const CONNECTIONS = 100;
/** How many requests are kept, to look into a defect. */
const TRAIL_LENGTH = 60;

/** What became of a request. Without a useful answer it is unknown whether the act took effect. */
export type Reply =
  | { readonly state: 'DONE'; readonly data: Record<string, any> }
  | { readonly state: 'REFUSED'; readonly codes: readonly string[] }
  | { readonly state: 'UNKNOWN'; readonly code: string };

/** The door to the site: nginx, with the certificate that it shows. */
export interface Door {
  readonly https: number;
  readonly cert: string;
}

interface Answer {
  readonly data?: Record<string, any> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** Codes of answers that say nothing about whether the act took effect, and that a fault explains. */
const EXPLAINED = new Set(['SERVICE_UNAVAILABLE', 'HTTP 502', 'HTTP 503', 'HTTP 504', 'CONNECTION LOST']);

/** A client of the API behind nginx, for one kind of work. It records every answer. */
export class Api {
  readonly #agent: Agent;
  /** The last requests and what became of them. */
  readonly #trail: string[] = [];

  constructor(
    readonly door: Door,
    readonly kind: string,
    readonly ledger: Ledger,
    readonly disturbances: Disturbances,
  ) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS, ca: door.cert, servername: HOST });
  }

  /** Sends a mutation with an input, and returns its payload. */
  async mutate(name: string, fields: string, input: object | null, token: string | null = null): Promise<Reply> {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
    const [variable, argument] = input ? [`($input: ${type}!)`, '(input: $input)'] : ['', ''];
    const reply = await this.query(
      `mutation ${variable} { ${name}${argument} { ${fields} userErrors { code } } }`,
      input ? { input } : {},
      token,
    );
    if (reply.state !== 'DONE') return reply;
    const payload = reply.data[name];
    const codes = (payload.userErrors as { code: string }[]).map(({ code }) => code);
    if (codes.length > 0) return { state: 'REFUSED', codes };
    this.ledger.acknowledge(this.kind);
    return { state: 'DONE', data: payload };
  }

  /** Sends an operation, and returns its data. */
  async query(query: string, variables: object = {}, token: string | null = null): Promise<Reply> {
    const startedAt = performance.now();
    const reply = judge(await this.#post(JSON.stringify({ query, variables }), token));
    this.#note(query, variables, reply);
    if (reply.state !== 'UNKNOWN') this.disturbances.succeeded(this.kind, startedAt);
    else if (EXPLAINED.has(reply.code)) this.disturbances.failed(reply.code, startedAt, firstField(query));
    else this.found('UNEXPECTED', `${reply.code} for ${firstField(query)}`);
    return reply;
  }

  /** Records a defect, with the last requests. */
  found(verdict: Verdict, text: string): void {
    this.ledger.found(verdict, text, this.#trail);
  }

  close(): void {
    this.#agent.destroy();
  }

  #note(query: string, variables: object, reply: Reply): void {
    const outcome = JSON.stringify(reply.state === 'DONE' ? reply.data : reply);
    this.#trail.push(`${new Date().toISOString()} ${firstField(query)} ${JSON.stringify(variables)}: ${outcome}`);
    if (this.#trail.length > TRAIL_LENGTH) this.#trail.shift();
  }

  #post(body: string, token: string | null): Promise<{ status: number; body: string }> {
    return new Promise((resolve) => {
      const lost = (error: Error) =>
        resolve({ status: 0, body: error.name === 'TimeoutError' ? 'NO ANSWER' : 'CONNECTION LOST' });
      const sent = request(
        {
          host: '127.0.0.1',
          port: this.door.https,
          path: '/graphql',
          method: 'POST',
          agent: this.#agent,
          signal: AbortSignal.timeout(TIMEOUT_MS),
          headers: {
            host: HOST,
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
            ...(token ? { authorization: `Bearer ${token}` } : {}),
          },
        },
        (response) => {
          text(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), lost);
        },
      );
      sent.on('error', lost).end(body);
    });
  }
}

const firstField = (query: string) => /\{ (\w+)/.exec(query)?.[1] ?? query;

function judge({ status, body }: { status: number; body: string }): Reply {
  if (status === 0) return { state: 'UNKNOWN', code: body };
  let answer: Answer;
  try {
    answer = JSON.parse(body) as Answer;
  } catch {
    return { state: 'UNKNOWN', code: `HTTP ${status}` };
  }
  const [error] = answer.errors ?? [];
  const code = error?.extensions?.code ?? error?.message;
  if (code === 'UNAUTHENTICATED' || code === 'RATE_LIMITED' || code === 'STEP_UP_REQUIRED')
    return { state: 'REFUSED', codes: [code] };
  if (code !== undefined || !answer.data) return { state: 'UNKNOWN', code: code ?? `HTTP ${status}` };
  return { state: 'DONE', data: answer.data };
}
