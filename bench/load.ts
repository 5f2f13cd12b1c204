import autocannon from 'autocannon';
import type { Person } from './people.ts';

/** What clients ask for, each over one connection that stays open. */
export interface Load {
  readonly title: string;
  readonly connections: number;
  /** How many requests one server gets in one round, over all connections. */
  readonly requests: number;
  /**
   * How many it gets before the first round: V8 compiles what runs often anew, which a server that has run for a minute
   * has behind it.
   */
  readonly warmUp: number;
  headers(person: Person): Record<string, string>;
  /** What is sent; `number` is another for each body. */
  body(person: Person, number: number): object;
  /** Whether each request sends a body of its own; otherwise each connection sends one over and over. */
  readonly fresh?: boolean;
  /** What stands in every right answer. */
  readonly expected: RegExp;
}

let bodies = 0;

/**
 * Sends a number of requests, and waits for all answers.
 *
 * @returns the time from the first request to the last answer (in ms)
 * @throws when one answer is not what it should be: a server that refuses quickly has measured nothing
 */
export async function fire(load: Load, url: string, people: readonly Person[], requests: number): Promise<number> {
  let connection = 0;
  const start = performance.now();
  let lastAnswer = start;
  const { errors, non2xx, mismatches } = await autocannon({
    url: `${url}/graphql`,
    method: 'POST',
    connections: load.connections,
    amount: requests,
    setupClient: (client) => {
      const person = people[connection++ % people.length]!;
      const body = () => JSON.stringify(load.body(person, (bodies += 1)));
      client.setHeadersAndBody({ 'content-type': 'application/json', ...load.headers(person) }, body());
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
