import { graphql } from '../api/graphql.js';
import type { CallKeyStatus, MyCallKeysQuery } from '../generated/graphql.js';

/** The viewer's call keys, page by page. */
export const MyCallKeys = graphql(`
  query MyCallKeys($filter: CallKeyFilter, $first: Int, $after: String, $last: Int, $before: String) {
    me {
      id
      callKeys(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
        totalCount
        edges { cursor node { id name hint status createdAt expiresAt lastUsedAt models allowedIps quotaLeft quotaUsed oldKeyValidUntil } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }
  }
`);

/** Makes a call key. */
export const CreateCallKey = graphql(`
  mutation CreateCallKey($input: CreateCallKeyInput!) {
    createCallKey(input: $input) { key callKey { id } userErrors { code field message } }
  }
`);

/** Changes a call key. */
export const UpdateCallKey = graphql(`
  mutation UpdateCallKey($input: UpdateCallKeyInput!) {
    updateCallKey(input: $input) { callKey { id } userErrors { code field message } }
  }
`);

/** Gives a call key a new secret. */
export const RotateCallKey = graphql(`
  mutation RotateCallKey($input: RotateCallKeyInput!) {
    rotateCallKey(input: $input) { key callKey { id } userErrors { code field message } }
  }
`);

/** Ends the grace of an old secret. */
export const EndCallKeyGrace = graphql(`
  mutation EndCallKeyGrace($input: EndCallKeyGraceInput!) {
    endCallKeyGrace(input: $input) { callKey { id } userErrors { code field message } }
  }
`);

/** Deletes call keys. */
export const DeleteCallKeys = graphql(`
  mutation DeleteCallKeys($input: DeleteCallKeysInput!) {
    deleteCallKeys(input: $input) { deletedIds userErrors { code field message } }
  }
`);

/** A call key as a table shows it. */
export type CallKey = NonNullable<NonNullable<MyCallKeysQuery['me']>['callKeys']>['edges'][number]['node'];

/** What can be done to one key, each in a dialog of its own. */
export type Intent = 'edit' | 'rotate' | 'endGrace';

/** Every status, in the order in which they are offered. */
export const statuses: readonly CallKeyStatus[] = ['ACTIVE', 'DISABLED', 'EXPIRED', 'EXHAUSTED'];
