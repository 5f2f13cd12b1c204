import { createSessionFetch } from '@postern/client';
import { cacheExchange, Client, fetchExchange, mapExchange } from 'urql';

/** The options of a GraphQL client. */
export interface ClientOptions {
  /** The language of the server's messages, as a BCP 47 tag. */
  readonly language: string;
  /** Called when a response says that no user is signed in. */
  readonly onSignedOut: () => void;
}

const URL = '/graphql';

/**
 * Creates a GraphQL client with an empty cache. A new one is created after each sign-in and sign-out, so that no user
 * sees cached data of another. Views show cached data first and then refetch it, because other clients can change it.
 */
export const createClient = ({ language, onSignedOut }: ClientOptions): Client =>
  new Client({
    url: URL,
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    // The session and the language, which overrides the browser's header.
    fetch: createSessionFetch({ url: URL, language, onSignedOut }),
    exchanges: [
      mapExchange({
        onResult: ({ data, error }) => {
          if (!error && (data as { me?: unknown } | undefined)?.me === null) onSignedOut();
        },
      }),
      cacheExchange,
      fetchExchange,
    ],
  });
