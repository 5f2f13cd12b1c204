import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest, type RequestOptions } from 'node:https';
import { isIP } from 'node:net';

/** A POST request, and the only addresses to which it may be sent. */
export interface PostRequest {
  readonly url: URL;
  /** The addresses of its host, which are not looked up again. */
  readonly addresses: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Ends the request. */
  readonly signal: AbortSignal;
}

/** How much of an answer is read, in bytes. It is not kept. */
const MAXIMUM_ANSWER_BYTES = 4_096;

/** Answers every look-up with the given addresses. */
const lookupOf =
  (addresses: readonly string[]): NonNullable<RequestOptions['lookup']> =>
  (_host, { all }, done) => {
    const found = addresses.map((address) => ({ address, family: isIP(address) }));
    const [first = { address: '', family: 0 }] = found;
    if (all) done(null, found);
    else done(null, first.address, first.family);
  };

/**
 * Sends a request to addresses that were checked before, and reads the start of its answer. The certificate is
 * checked by the name in the URL. It follows no redirect and uses no proxy: a new agent ignores the environment.
 *
 * @returns the status of the answer
 * @throws if the connection fails, the answer is cut off, or the signal ends the request
 */
export function postToAddresses({ url, addresses, headers, body, signal }: PostRequest): Promise<number> {
  const isEncrypted = url.protocol === 'https:';
  const options: RequestOptions = {
    method: 'POST',
    headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    lookup: lookupOf(addresses),
    signal,
  };
  return new Promise((resolve, reject) => {
    const request = isEncrypted
      ? httpsRequest(url, { ...options, agent: new HttpsAgent({ keepAlive: false }) })
      : httpRequest(url, { ...options, agent: new HttpAgent({ keepAlive: false }) });
    request.on('response', (answer) => {
      void readStart(answer)
        .then(resolve, reject)
        .finally(() => request.destroy());
    });
    request.on('error', reject);
    // For example after an upgrade. A settled promise ignores it.
    request.on('close', () => {
      reject(new Error('the connection was closed'));
    });
    request.end(body);
  });
}

/** Reads an answer to its end, or to the limit. */
async function readStart(answer: IncomingMessage): Promise<number> {
  let bytes = 0;
  for await (const chunk of answer) {
    bytes += (chunk as Buffer).length;
    if (bytes >= MAXIMUM_ANSWER_BYTES) break;
  }
  return answer.statusCode ?? 0;
}
