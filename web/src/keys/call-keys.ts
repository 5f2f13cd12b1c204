import { graphql } from '../api/graphql.js';
import type { CallKeyStatus, MyCallKeysQuery } from '../generated/graphql.js';

/** The user's own call keys. */
export const MyCallKeys = graphql(`
  query MyCallKeys($filter: CallKeyFilter, $first: Int, $after: String, $last: Int, $before: String) {
    me {
      id
      callKeys(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
        totalCount
        edges { cursor node { id name hint status createdAt expiresAt lastUsedAt models allowedIps quotaLeft quotaUsed period periodQuota periodUsed periodTimeZone periodResetsAt requestsPerMinuteLimit tokensPerMinuteLimit oldKeyValidUntil } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }
  }
`);

/** Creates a call key. */
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

/** Replaces the secret of a call key. */
export const RotateCallKey = graphql(`
  mutation RotateCallKey($input: RotateCallKeyInput!) {
    rotateCallKey(input: $input) { key callKey { id } userErrors { code field message } }
  }
`);

/** Ends the grace period of the old secret. */
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

/** A call key. */
export type CallKey = NonNullable<NonNullable<MyCallKeysQuery['me']>['callKeys']>['edges'][number]['node'];

/** The actions on a key that open a dialog. */
export type KeyDialogName = 'edit' | 'rotate' | 'endGrace' | 'delete';

/** All statuses, in the order of the filter options. */
export const statuses: readonly CallKeyStatus[] = ['ACTIVE', 'DISABLED', 'EXPIRED', 'EXHAUSTED'];
