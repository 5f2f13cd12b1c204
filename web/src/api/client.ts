import { cacheExchange, Client, fetchExchange, mapExchange } from 'urql';
import { failureOf } from './failure.js';

/** What a client needs to know of the page around it. */
export interface Surroundings {
  /** The language that the server's words come in, as a tag of BCP 47. */
  readonly language: string;
  /** Called when the server answers that nobody is signed in. */
  readonly onNobody: () => void;
}

/**
 * A client of Postern with an empty cache. The session is a cookie that no script sees. Whoever signs in or out gets a
 * new client, so that nothing of one person is left for the next. Who comes back to a view sees what it showed, and a
 * moment later what is true by now: programs and administrators change it too.
 */
export const createClient = ({ language, onNobody }: Surroundings): Client =>
  new Client({
    url: '/graphql',
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    fetchOptions: () => ({ credentials: 'same-origin', headers: { 'accept-language': language } }),
    exchanges: [
      mapExchange({
        onResult: ({ data, error }) => {
          const isOver = error
            ? failureOf(error).kind === 'SESSION_OVER'
            : (data as { me?: unknown } | undefined)?.me === null;
          if (isOver) onNobody();
        },
      }),
      cacheExchange,
      fetchExchange,
    ],
  });
