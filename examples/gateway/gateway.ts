// A gateway in one file: it checks the call key (sk-) of each request with Postern, forwards the request to a service with
// the OpenAI-style interface, streams the answer back, and reports what was used. Start it with
//   POSTERN_URL=… POSTERN_TOKEN=pat_… UPSTREAM_URL=… UPSTREAM_KEY=… node gateway.ts
import { createHash, randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

const { POSTERN_URL = 'http://127.0.0.1:4000', POSTERN_TOKEN = '', UPSTREAM_URL = 'http://127.0.0.1:8081', UPSTREAM_KEY = '', PORT = '8080', SPOOL = './usage.jsonl' } = process.env;

/** How long an answer of Postern is used again: so much later a key that was switched off stops working here (in ms). */
const FRESH_MS = 5_000;
/** How long it is used while Postern is away; then calls are refused (in ms). */
const STALE_MS = 60_000;
/** How long Postern may take to answer (in ms). */
const POSTERN_TIMEOUT_MS = 3_000;
/** The most keys that are remembered. */
const MOST_REMEMBERED = 10_000;
/** How often usage is reported (in ms), and how many entries at once: Postern takes 1,000. */
const REPORT_EVERY_MS = 1_000;
const MOST_ENTRIES = 1_000;
/** The largest request (in bytes). */
const LARGEST_REQUEST = 1_048_576;

/** Asks Postern something, with the token of the gateway's SERVICE account. Throws when there is no answer. */
async function postern<Data>(query: string, variables: object): Promise<Data> {
  const response = await fetch(`${POSTERN_URL}/graphql`, {
    method: 'POST', signal: AbortSignal.timeout(POSTERN_TIMEOUT_MS),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${POSTERN_TOKEN}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json() as { data?: Data; errors?: { message: string }[] };
  if (!data || errors) throw new Error(errors?.[0]?.message ?? `Postern answered ${response.status}`);
  return data;
}

// ------------------------------------------------------------------ may this key make this call?

interface Verification { readonly valid: boolean; readonly refusal: string | null; readonly callKey: { readonly id: string } | null }

/** What each refusal is called in the OpenAI-style interface, whose clients know it. */
const refusals: Readonly<Record<string, [status: number, message: string]>> = {
  UNKNOWN: [401, 'Incorrect API key provided.'],
  DISABLED: [401, 'This API key is switched off.'],
  EXPIRED: [401, 'This API key has expired.'],
  OWNER_DISABLED: [403, 'The account of this API key is disabled.'],
  MODEL_NOT_ALLOWED: [403, 'This API key may not use this model.'],
  IP_NOT_ALLOWED: [403, 'This API key may not be used from this address.'],
  EXHAUSTED: [429, 'The quota of this API key is used up.'],
};

/** Answers of Postern by a hash of what was asked, so that no key lies about in memory; the oldest first. */
const remembered = new Map<string, { readonly at: number; readonly verification: Verification }>();

async function verify(key: string, model: string | null, ip: string): Promise<Verification> {
  const name = createHash('sha256').update(JSON.stringify([key, model, ip])).digest('base64url');
  const known = remembered.get(name);
  const age = known ? Date.now() - known.at : Infinity;
  if (known && age < FRESH_MS) return known.verification;
  try {
    const { verifyCallKey: verification } = await postern<{ verifyCallKey: Verification }>(
      'query ($key: String!, $model: String, $ip: String) { verifyCallKey(key: $key, model: $model, ip: $ip) { valid refusal callKey { id } } }', { key, model, ip },
    );
    remembered.delete(name);
    remembered.set(name, { at: Date.now(), verification });
    const [oldest] = remembered.keys();
    if (remembered.size > MOST_REMEMBERED && oldest) remembered.delete(oldest);
    return verification;
  } catch (error) {
    if (known && age < STALE_MS) return known.verification;
    throw error;
  }
}

// ------------------------------------------------------------------ what was used

interface Report { readonly rejected: object[] | null; readonly userErrors: { message: string }[] }
interface Usage { prompt_tokens?: number; completion_tokens?: number }

/** Entries that Postern has not confirmed. Each is on disk before its call ends, so that none is lost, whoever stops. */
let unreported: object[] = existsSync(SPOOL) ? readFileSync(SPOOL, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as object) : [];

const lines = (entries: object[]) => entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');

function note(entry: object): void {
  appendFileSync(SPOOL, lines([entry]));
  unreported.push(entry);
}

/** Reports what was used. An entry that was sent before is a duplicate to Postern and counts once, so sending again is safe. */
async function report(): Promise<void> {
  while (unreported.length > 0) {
    const entries = unreported.slice(0, MOST_ENTRIES);
    const { recordUsage: { rejected, userErrors } } = await postern<{ recordUsage: Report }>(
      'mutation ($input: RecordUsageInput!) { recordUsage(input: $input) { recorded duplicates rejected { requestId code } userErrors { message } } }', { input: { entries } },
    );
    if (userErrors[0]) throw new Error(userErrors[0].message);
    for (const entry of rejected ?? []) console.error('usage was rejected', entry);
    unreported = unreported.slice(entries.length);
    writeFileSync(`${SPOOL}.new`, lines(unreported));
    renameSync(`${SPOOL}.new`, SPOOL);
  }
}

const reporting = async (): Promise<void> => {
  await report().catch((error: Error) => console.error(`usage is kept and reported later: ${error.message}`));
  setTimeout(() => void reporting(), REPORT_EVERY_MS);
};

// ------------------------------------------------------------------ forwarding

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error: { message, type: status < 500 ? 'invalid_request_error' : 'server_error' } }));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_REQUEST) throw new RangeError('The request is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** Hands an answer on as it comes, also to the end when the client has gone, and finds in it what was used. */
async function stream(answer: Response, response: ServerResponse): Promise<Usage> {
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' });
  const decoder = new TextDecoder();
  let [usage, rest]: [Usage, string] = [{}, ''];
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    response.write(chunk);
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) usage = usageIn(part) ?? usage;
  }
  response.end();
  return usageIn(rest) ?? usage;
}

/** The usage in a line of a stream (`data: {…}`), or in a whole answer. */
function usageIn(line: string): Usage | null {
  try {
    return (JSON.parse(line.replace(/^data: /, '')) as { usage?: Usage }).usage ?? null;
  } catch {
    return null;
  }
}

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, key = ''] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  // Behind a proxy of your own, read the address from the header that the proxy sets, and from no other.
  const ip = request.socket.remoteAddress ?? '';
  const text = await bodyOf(request);
  const asked = text ? JSON.parse(text) as { model?: string; stream?: boolean; stream_options?: object } : null;
  const model = asked?.model ?? null;
  const verification = await verify(key, model, ip).catch(() => null);
  if (verification === null) return refuse(response, 503, 'API keys cannot be checked at the moment. Try again later.');
  if (!verification.valid) return refuse(response, ...refusals[verification.refusal ?? 'UNKNOWN'] ?? [403, 'This API key may not make this call.']);

  const [started, requestId] = [Date.now(), randomUUID()];
  const entry = { callKeyId: verification.callKey?.id, at: new Date(started).toISOString(), model: model ?? request.url, requestId, ip };
  response.setHeader('x-request-id', requestId);
  try {
    // A stream tells what it used when it is asked to.
    const forwarded = asked?.stream ? { ...asked, stream_options: { ...asked.stream_options, include_usage: true } } : asked;
    const answer = await fetch(UPSTREAM_URL + request.url, {
      method: request.method ?? 'GET', headers: { 'content-type': 'application/json', authorization: `Bearer ${UPSTREAM_KEY}` }, ...(forwarded ? { body: JSON.stringify(forwarded) } : {}),
    });
    const { prompt_tokens: promptTokens = 0, completion_tokens: completionTokens = 0 } = await stream(answer, response);
    // A price of one unit a token; put yours here.
    note({ ...entry, type: answer.ok ? 'CONSUME' : 'ERROR', promptTokens, completionTokens, quota: promptTokens + completionTokens, latencyMs: Date.now() - started });
  } catch {
    note({ ...entry, type: 'ERROR', promptTokens: 0, completionTokens: 0, quota: 0, latencyMs: Date.now() - started });
    if (response.headersSent) response.destroy();
    else refuse(response, 502, 'The service did not answer.');
  }
}

const server = createServer((request, response) => {
  handle(request, response).catch((error: unknown) => (error instanceof RangeError ? refuse(response, 413, error.message) : refuse(response, 400, 'The request is not JSON.')));
}).listen(Number(PORT), '127.0.0.1', () => console.log(`gateway: http://127.0.0.1:${(server.address() as { port: number }).port}`));
setTimeout(() => void reporting(), REPORT_EVERY_MS);
process.once('SIGTERM', () => server.close(() => void report().catch(() => undefined).finally(() => process.exit())));
