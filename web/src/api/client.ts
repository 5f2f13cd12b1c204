import { cacheExchange, Client, fetchExchange, mapExchange } from 'urql';
import { toFailure } from './failure.js';

/** What a client depends on. */
export interface ClientOptions {
  /** The language of the server's messages, as a BCP 47 tag. */
  readonly language: string;
  /** Called when the server answers that no user is signed in. */
  readonly onSignedOut: () => void;
}

/**
 * Creates a GraphQL client with an empty cache. Each sign-in and sign-out creates a new one, so that no data of one
 * user is left for the next. A view shows cached data first and refreshes it, because other programs change it too.
 */
export const createClient = ({ language, onSignedOut }: ClientOptions): Client =>
  new Client({
    url: '/graphql',
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    // The browser's own header names its languages, not the one that the user selected here.
    fetchOptions: () => ({ credentials: 'same-origin', headers: { 'accept-language': language } }),
    exchanges: [
      mapExchange({
        onResult: ({ data, error }) => {
          const isSignedOut = error
            ? toFailure(error).kind === 'SESSION_ENDED'
            : (data as { me?: unknown } | undefined)?.me === null;
          if (isSignedOut) onSignedOut();
        },
      }),
      cacheExchange,
      fetchExchange,
    ],
  });
