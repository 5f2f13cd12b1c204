import { cacheExchange, Client, fetchExchange, mapExchange } from 'urql';
import { toFailure } from './failure.js';

/** The options of a GraphQL client. */
export interface ClientOptions {
  /** The language of the server's messages, as a BCP 47 tag. */
  readonly language: string;
  /** Called when a response says that no user is signed in. */
  readonly onSignedOut: () => void;
}

/**
 * Creates a GraphQL client with an empty cache. A new one is created after each sign-in and sign-out, so that no user
 * sees cached data of another. Views show cached data first and then refetch it, because other clients can change it.
 */
export const createClient = ({ language, onSignedOut }: ClientOptions): Client =>
  new Client({
    url: '/graphql',
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    // Overrides the browser's header with the language that the user selected here.
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
