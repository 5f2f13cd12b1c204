// A gateway in one file: it verifies the call key (sk-) of each request with Postern, forwards the request to a service
// with an OpenAI-style interface, streams the response back and reports the usage. Start it with
// POSTERN_URL=… POSTERN_TOKEN=pat_… UPSTREAM_URL=… UPSTREAM_KEY=… node gateway.ts
import { createHash, randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { bearer, createPostern, operation } from '@postern/client';

const {
  POSTERN_URL = 'http://127.0.0.1:4000',
  POSTERN_TOKEN = '',
  UPSTREAM_URL = 'http://127.0.0.1:8081',
  UPSTREAM_KEY = '',
  PORT = '8080',
  SPOOL = './usage.jsonl',
} = process.env;

/** The only requests to forward, because the upstream key can do more than a call key should. */
const served = new Set(['GET /v1/models', 'POST /v1/chat/completions', 'POST /v1/completions', 'POST /v1/embeddings']);
// How long a response of Postern is reused. A disabled key stops working here after this time.
const FRESH_MS = 5_000;
const STALE_MS = 60_000; // How long it is reused while Postern is down. After that, calls are rejected.
const MOST_REMEMBERED = 10_000; // Keys.
const SECONDS_COUNTED = 60; // The window of limits per minute.
const REPORT_EVERY_MS = 1_000;
const MOST_ENTRIES = 1_000; // Postern accepts at most this many per report.
const LARGEST_REQUEST = 1_048_576; // Bytes.
const LONGEST_MODEL = 128; // Characters; the longest name that a log can hold.

const client = createPostern({
  url: `${POSTERN_URL}/graphql`,
  // The token of the gateway's SERVICE account, which stays whatever an answer says.
  session: bearer({ get: () => POSTERN_TOKEN, set: () => undefined }),
  webauthn: null,
  fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(3_000) }),
});

/** Sends Postern a request. Throws when there is no response or an error, whose code is the cause. */
async function postern<Data>(query: string, variables: object): Promise<Data> {
  const result = await client.request(operation<Data, object>(query), variables);
  if (result.ok) return result.data;
  const { failure } = result;
  if (failure.kind === 'USER_ERRORS') return result.data as Data;
  throw new Error('message' in failure ? failure.message : 'Postern did not answer', {
    cause: failure.kind === 'REJECTED' ? failure.code : failure.kind,
  });
}

const isRefused = (error: unknown, ...codes: string[]): error is Error =>
  error instanceof Error && codes.includes(String(error.cause));

function parsed<Content>(text: string): Content | null {
  try {
    return JSON.parse(text) as Content;
  } catch {
    return null;
  }
}

// ------------------------------------------------------------------ call key verification
interface Verification {
  readonly valid: boolean;
  readonly refusal: string | null;
  /** When a refused key works again; null if it won't without a change. */
  readonly validFrom: string | null;
  readonly callKey: LimitedKey | null;
}

/** The OpenAI-style status and message of each refusal. */
const refusals: Readonly<Record<string, [status: number, message: string]>> = {
  UNKNOWN: [401, 'Incorrect API key provided.'],
  DISABLED: [401, 'This API key is switched off.'],
  EXPIRED: [401, 'This API key has expired.'],
  OWNER_DISABLED: [403, 'The account of this API key is disabled.'],
  MODEL_NOT_ALLOWED: [403, 'This API key may not use this model.'],
  IP_NOT_ALLOWED: [403, 'This API key may not be used from this address.'],
  EXHAUSTED: [429, 'The quota of this API key is exhausted.'],
  PERIOD_EXHAUSTED: [429, 'The quota of this API key is exhausted for now.'],
};

/** Responses of Postern by a hash of the request, so no key stays in memory. The oldest comes first. */
const remembered = new Map<string, { readonly at: number; readonly verification: Verification }>();

async function verify(key: string, model: string | null, ip: string): Promise<Verification> {
  const name = createHash('sha256')
    .update(JSON.stringify([key, model, ip]))
    .digest('base64url');
  const known = remembered.get(name);
  const age = known ? performance.now() - known.at : Infinity;
  if (known && age < FRESH_MS) return known.verification;
  try {
    const { verifyCallKey: verification } = await postern<{ verifyCallKey: Verification }>(
      'query ($key: String!, $model: String, $ip: String) { verifyCallKey(key: $key, model: $model, ip: $ip) { valid refusal validFrom callKey { id requestsPerMinuteLimit tokensPerMinuteLimit } } }',
      { key, model, ip },
    );
    const [oldest = ''] = remembered.keys();
    if (remembered.size >= MOST_REMEMBERED) remembered.delete(oldest);
    remembered.set(name, { at: performance.now(), verification });
    return verification;
  } catch (error) {
    if (known && age < STALE_MS && !isRefused(error, 'UNAUTHENTICATED', 'FORBIDDEN')) return known.verification;
    throw error;
  }
}

// ------------------------------------------------------------------ limits per minute
interface LimitedKey {
  readonly id: string;
  readonly requestsPerMinuteLimit: number | null;
  readonly tokensPerMinuteLimit: number | null;
}
interface Second {
  readonly at: number;
  requests: number;
  tokens: number;
}

/** What keys with a limit used in each of the last 60 seconds, in this process. The least recently used comes first. */
const recentUse = new Map<string, Second[]>();
const currentSecond = () => Math.floor(performance.now() / 1_000);
const lastMinuteOf = ({ id }: LimitedKey) =>
  (recentUse.get(id) ?? []).filter(({ at }) => at > currentSecond() - SECONDS_COUNTED);

function count(callKey: LimitedKey, requests: number, tokens: number): void {
  if (callKey.requestsPerMinuteLimit === null && callKey.tokensPerMinuteLimit === null) return;
  const seconds = lastMinuteOf(callKey);
  const last = seconds.at(-1);
  const second = last?.at === currentSecond() ? last : { at: currentSecond(), requests: 0, tokens: 0 };
  if (second !== last) seconds.push(second);
  second.requests += requests;
  second.tokens += tokens;
  recentUse.delete(callKey.id);
  recentUse.set(callKey.id, seconds);
  const [oldest = ''] = recentUse.keys();
  if (recentUse.size > MOST_REMEMBERED) recentUse.delete(oldest);
}

/** In how many seconds a key is below its limits again; 0 if it is now. */
function secondsToWait(callKey: LimitedKey): number {
  const seconds = lastMinuteOf(callKey);
  const waitFor = (limit: number | null, amount: 'requests' | 'tokens') => {
    let used = seconds.reduce((sum, second) => sum + second[amount], 0);
    if (limit === null || used < limit) return 0;
    for (const second of seconds)
      if ((used -= second[amount]) < limit) return second.at + SECONDS_COUNTED - currentSecond();
    return SECONDS_COUNTED;
  };
  return Math.max(waitFor(callKey.requestsPerMinuteLimit, 'requests'), waitFor(callKey.tokensPerMinuteLimit, 'tokens'));
}

// ------------------------------------------------------------------ usage
interface Report {
  readonly rejected: { index: number; code: string }[] | null;
  readonly userErrors: { message: string }[];
}
interface Usage {
  readonly prompt_tokens?: unknown;
  readonly completion_tokens?: unknown;
}
const lines = (...entries: object[]) => entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
/**
 * Entries that Postern has not confirmed. Each is written to the file before its call ends, so a crash loses none.
 * Half-written lines are ignored.
 */
let unreported = (existsSync(SPOOL) ? readFileSync(SPOOL, 'utf8') : '')
  .split('\n')
  .flatMap((line) => parsed<object>(line) ?? []);

function logProblem(entry: object): void {
  unreported.push(entry);
  try {
    appendFileSync(SPOOL, lines(entry));
  } catch (error) {
    console.error('usage is kept in memory alone', error);
  }
}

function forget(entries: object[]): void {
  unreported = unreported.slice(entries.length);
  writeFileSync(`${SPOOL}.new`, lines(...unreported));
  renameSync(`${SPOOL}.new`, SPOOL);
}

/** Saves a rejected entry where an operator can find it. */
function setAside(entry: object | undefined, why: string): void {
  console.error(`usage was rejected: ${why}`, entry);
  appendFileSync(`${SPOOL}.rejected`, lines({ why, ...entry }));
}

/**
 * Sends entries. Postern counts a repeated entry once. An unreadable entry is found by bisection, so it does not block
 * the others.
 */
async function send(entries: object[]): Promise<void> {
  try {
    const {
      recordUsage: { rejected, userErrors },
    } = await postern<{ recordUsage: Report }>(
      'mutation ($input: RecordUsageInput!) { recordUsage(input: $input) { recorded duplicates rejected { index code } userErrors { message } } }',
      { input: { entries } },
    );
    if (userErrors[0]) throw new Error(userErrors[0].message);
    for (const { index, code } of rejected ?? []) setAside(entries[index], code);
  } catch (error) {
    if (!isRefused(error, 'BAD_REQUEST', 'BAD_USER_INPUT')) throw error;
    if (entries.length === 1) return setAside(entries[0], error.message);
    const half = Math.ceil(entries.length / 2);
    for (const part of [entries.slice(0, half), entries.slice(half)]) await send(part);
  }
}

let underWay = Promise.resolve();
/** Reports usage, one report at a time, so no report drops what another one sent. */
const report = (): Promise<void> =>
  (underWay = underWay
    .then(async () => {
      for (let entries; (entries = unreported.slice(0, MOST_ENTRIES)).length > 0; forget(entries)) await send(entries);
    })
    .catch((error: Error) => console.error(`usage is kept and reported later: ${error.message}`)));
const reporting = () => setTimeout(() => void report().then(reporting), REPORT_EVERY_MS);

// ------------------------------------------------------------------ forwarding
function refuse(response: ServerResponse, status: number, message: string, retryAfterSeconds = 0): unknown {
  if (response.headersSent) return response.destroy();
  if (retryAfterSeconds > 0) response.setHeader('retry-after', Math.ceil(retryAfterSeconds));
  return response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify({ error: { message, type: status < 500 ? 'invalid_request_error' : 'server_error' } }));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = Buffer.alloc(0);
  for await (const chunk of request as AsyncIterable<Buffer>) {
    body = Buffer.concat([body, chunk]);
    if (body.length > LARGEST_REQUEST) throw new RangeError('The request is too large.');
  }
  return body.toString();
}

/** The usage in a line of a stream (`data: {…}`) or in a whole response. */
const usageIn = (text: string): Usage | null =>
  parsed<{ usage?: Usage | null }>(text.replace(/^data: ?/, ''))?.usage ?? null;

/** Forwards a response as it arrives, even after the client disconnects, and extracts its usage. */
async function stream(answer: Response, response: ServerResponse): Promise<Usage | null> {
  const type = answer.headers.get('content-type') ?? 'application/json';
  response.writeHead(answer.status, { 'content-type': type });
  const decoder = new TextDecoder();
  let [usage, rest]: [Usage | null, string] = [null, ''];
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    response.write(chunk);
    const parts = (rest + decoder.decode(chunk, { stream: true })).split(
      type.startsWith('text/event-stream') ? '\n' : /$^/,
    );
    rest = parts.pop() ?? '';
    for (const part of parts) usage = usageIn(part) ?? usage;
  }
  return usageIn(rest) ?? usage;
}

const tokens = (count: unknown): number =>
  Number.isInteger(count) && Number(count) >= 0 && Number(count) < 2 ** 31 ? Number(count) : 0;

async function handle(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
  const [path = ''] = (request.url ?? '').split('?');
  if (!served.has(`${request.method} ${path}`)) return refuse(response, 404, 'This gateway serves no such thing.');
  const [, key = ''] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  // Behind your own proxy, read the address only from the header that the proxy sets.
  const ip = request.socket.remoteAddress ?? '';
  const text = await bodyOf(request);
  const asked = text
    ? (JSON.parse(text) as { model?: unknown; stream?: boolean; stream_options?: object } | null)
    : null;
  const model = asked?.model ?? null;
  if (model !== null && (typeof model !== 'string' || model.length > LONGEST_MODEL))
    return refuse(response, 400, 'This is not the name of a model.');
  const verification = await verify(key, model, ip).catch(() => null);
  if (verification === null) return refuse(response, 503, 'API keys can’t be checked right now. Try again later.');
  if (!verification.valid)
    return refuse(
      response,
      ...(refusals[verification.refusal ?? 'UNKNOWN'] ?? [403, 'This API key may not make this call.']),
      verification.validFrom === null ? 0 : (Date.parse(verification.validFrom) - Date.now()) / 1_000,
    );
  const { callKey } = verification;
  const wait = callKey && secondsToWait(callKey);
  if (wait) return refuse(response, 429, 'This API key has reached its limit per minute.', wait);
  if (callKey) count(callKey, 1, 0);

  const [at, started, requestId] = [new Date().toISOString(), performance.now(), randomUUID()];
  response.setHeader('x-request-id', requestId);
  // A stream reports its usage only on request.
  const forwarded = asked?.stream
    ? { ...asked, stream_options: { ...asked.stream_options, include_usage: true } }
    : asked;
  const answer = await fetch(UPSTREAM_URL + path, {
    method: request.method ?? 'GET',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${UPSTREAM_KEY}` },
    ...(forwarded ? { body: JSON.stringify(forwarded) } : {}),
  }).catch(() => null);
  const usage = answer && (await stream(answer, response).catch(() => undefined));
  if (answer?.ok && usage === null) console.error(`the answer to ${requestId} does not tell what it used`);
  const [promptTokens, completionTokens] = [tokens(usage?.prompt_tokens), tokens(usage?.completion_tokens)];
  if (callKey) count(callKey, 0, promptTokens + completionTokens);
  // One unit per token; put your own rate here.
  const [quota, latencyMs] = [promptTokens + completionTokens, Math.round(performance.now() - started)];
  logProblem({
    callKeyId: callKey?.id,
    at,
    type: answer?.ok && usage !== undefined ? 'CONSUME' : 'ERROR',
    model: model ?? path,
    promptTokens,
    completionTokens,
    quota,
    latencyMs,
    requestId,
    ip,
  });
  return answer && usage !== undefined ? response.end() : refuse(response, 502, 'The service did not answer.');
}

const server = createServer((request, response) => {
  handle(request, response).catch((error: unknown) =>
    error instanceof RangeError
      ? refuse(response, 413, error.message)
      : refuse(response, 400, 'The request is not JSON.'),
  );
}).listen(Number(PORT), '127.0.0.1', () =>
  console.log(`gateway: http://127.0.0.1:${(server.address() as { port: number }).port}`),
);
forget([]); // Rewrites the file without half-written lines.
reporting();
process.once('SIGTERM', () => server.close(() => void report().finally(() => process.exit())));
