import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { launch, type Environment, type TestProcess } from '../support/server-process.js';

const examples = join(import.meta.dirname, '../../examples');

/** An example that listens: its process and its URL. */
export interface Listening {
  readonly process: TestProcess;
  readonly url: string;
}

async function listening(file: string, name: string, settings: Environment): Promise<Listening> {
  const process = launch(globalThis.process.execPath, [join(examples, file)], { PORT: '0', ...settings });
  const address = new RegExp(`^${name}: (http://\\S+)$`, 'm');
  await process.until(({ stdout }) => address.test(stdout));
  return { process, url: address.exec(process.stdout)![1]! };
}

/** Starts the service that echoes everything. */
export const startUpstream = (): Promise<Listening> => listening('gateway/fake-upstream.ts', 'upstream', {});

/** Starts the gateway. */
export const startGateway = (settings: Environment): Promise<Listening> =>
  listening('gateway/gateway.ts', 'gateway', settings);

/** Starts the receiver of webhooks. */
export const startReceiver = (settings: Environment): Promise<Listening> =>
  listening('webhook-receiver/receiver.ts', 'receiver', settings);

/** Runs the walkthrough of the management API to its end. */
export const runManagement = (settings: Environment) => launch('sh', [join(examples, 'management.sh')], settings).ended;

/**
 * Sends a request with an exact target, which no HTTP client would send unchanged. @returns the status of the response
 */
export async function statusOf(
  gateway: Pick<Listening, 'url'>,
  key: string,
  method: string,
  target: string,
  body = '',
): Promise<number | undefined> {
  const { hostname, port } = new URL(gateway.url);
  const sent = request({
    hostname,
    port,
    method,
    path: target,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
  }).end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  answer.resume();
  return answer.statusCode;
}

/** The response of the gateway to a call. */
export interface CallAnswer {
  readonly status: number;
  readonly requestId: string | null;
  /** The header `Retry-After`; null if there is none. */
  readonly retryAfter: number | null;
  /** The chunks of the body as they arrived. */
  readonly pieces: readonly string[];
}

/** A request to the gateway, in the OpenAI-style interface. */
export interface ChatRequest {
  readonly model?: string;
  readonly content?: string;
  readonly stream?: boolean;
}

/** Makes a call with a key and reads the whole response. */
export async function callGateway(
  gateway: Pick<Listening, 'url'>,
  key: string,
  { model = 'm-1', content = 'Hello there', stream = false }: ChatRequest = {},
): Promise<CallAnswer> {
  const response = await fetch(`${gateway.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content }], stream }),
  });
  const pieces: string[] = [];
  const decoder = new TextDecoder();
  for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>)
    pieces.push(decoder.decode(piece, { stream: true }));
  const retryAfter = response.headers.get('retry-after');
  return {
    status: response.status,
    requestId: response.headers.get('x-request-id'),
    retryAfter: retryAfter === null ? null : Number(retryAfter),
    pieces,
  };
}
