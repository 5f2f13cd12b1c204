import { gql } from '@urql/core';
import type { graphql as typed } from '../generated/gql.js';

/**
 * A document of the public schema: `graphql(\`query …\`)`. `npm run codegen` gives it its types; its text is parsed
 * here, so that each view brings its own documents and the first one none of the others'.
 */
export const graphql = gql as unknown as typeof typed;
