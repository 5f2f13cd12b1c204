import { gql } from '@urql/core';
import type { graphql as typed } from '../generated/gql.js';

/**
 * A GraphQL document: `graphql(\`query …\`)`. `npm run codegen` generates its types. Its text is parsed at run time,
 * so that each view's bundle contains only its own documents.
 */
export const graphql = gql as unknown as typeof typed;
