import autocannon from 'autocannon';
import type { BenchUser } from './people.ts';

/** What clients send, each over one keep-alive connection. */
export interface Load {
  readonly title: string;
  readonly connections: number;
  /** How many requests one server receives per round, over all connections. */
  readonly requests: number;
  /**
   * How many requests a server receives before the first round: V8 recompiles hot code, which a server that has run for
   * a minute has already done.
   */
  readonly warmUp: number;
  headers(user: BenchUser): Record<string, string>;
  /** The path to GET, instead of an operation to POST. */
  readonly path?: string;
  /** The request body; `number` differs for each one. */
  body(user: BenchUser, number: number): object;
  /** Whether each request sends a new body. Otherwise a connection repeats its first one. */
  readonly fresh?: boolean;
  /** Matches every correct response. */
  readonly expected: RegExp;
}

let bodies = 0;

/**
 * Sends a number of requests and waits for all responses.
 *
 * @returns the time from the first request to the last response (in ms)
 * @throws when a response is wrong, because a server that only rejects quickly measures nothing
 */
export async function fire(load: Load, url: string, users: readonly BenchUser[], requests: number): Promise<number> {
  let connection = 0;
  const start = performance.now();
  let lastAnswer = start;
  const { errors, non2xx, mismatches } = await autocannon({
    url: url + (load.path ?? '/graphql'),
    method: load.path ? 'GET' : 'POST',
    connections: load.connections,
    amount: requests,
    setupClient: (client) => {
      const user = users[connection++ % users.length]!;
      if (load.path) {
        client.setHeaders(load.headers(user));
        return;
      }
      const body = () => JSON.stringify(load.body(user, (bodies += 1)));
      client.setHeadersAndBody({ 'content-type': 'application/json', ...load.headers(user) }, body());
      client.on('response', () => {
        lastAnswer = performance.now();
        if (load.fresh) client.setBody(body());
      });
    },
    verifyBody: (body) => load.expected.test(String(body)),
  });
  if (errors + non2xx + mismatches > 0)
    throw new Error(`${url}: ${errors} requests without an answer, ${non2xx} refused, ${mismatches} answered wrongly`);
  return lastAnswer - start;
}
