import { graphql } from '../api/graphql.js';
import type { PersonQuery } from '../generated/graphql.js';

/** Everything that administrators see of somebody, but for lists that have pages. */
export const PersonOfPage = graphql(`
  query Person($id: ID!) {
    user(id: $id) {
      id username role status email createdAt lastLoginAt passwordChangedAt
      twoFactor { enabled enabledAt backupCodesLeft }
      apiToken { hint createdAt lastUsedAt }
      sessions { id lastSeenAt ip device }
      callKeys(first: 100) { totalCount edges { cursor node { id name hint status createdAt expiresAt lastUsedAt models allowedIps quotaLeft quotaUsed oldKeyValidUntil } } }
      usageSummary { requests errors promptTokens completionTokens quota requestsPerMinute tokensPerMinute }
    }
  }
`);

/** The events of somebody, page by page. */
export const EventsOfPerson = graphql(`
  query EventsOfPerson($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
    user(id: $id) {
      id
      securityEvents(first: $first, after: $after, last: $last, before: $before) {
        edges { cursor node { id at type outcome reason detail ip device actor { id username } } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }
  }
`);

/** Somebody, as administrators see them. */
export type PersonSeen = NonNullable<PersonQuery['user']>;
