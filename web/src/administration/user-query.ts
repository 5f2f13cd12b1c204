import { graphql } from '../api/graphql.js';
import type { UserDetailsQuery } from '../generated/graphql.js';

/** A user as administrators see them, without events, which are paginated. */
export const UserDetails = graphql(`
  query UserDetails($id: ID!) {
    user(id: $id) {
      id username role status email createdAt lastLoginAt passwordChangedAt allowedActions
      twoFactor { enabled enabledAt backupCodesLeft }
      apiToken { hint createdAt lastUsedAt }
      sessions { id lastSeenAt ip device }
      callKeys(first: 100) { totalCount edges { cursor node { id name hint status createdAt expiresAt lastUsedAt models allowedIps quotaLeft quotaUsed oldKeyValidUntil } } }
      usageSummary { requests errors promptTokens completionTokens quota requestsPerMinute tokensPerMinute }
    }
  }
`);

/** The security events of a user. */
export const EventsOfUser = graphql(`
  query EventsOfUser($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
    user(id: $id) {
      id
      securityEvents(first: $first, after: $after, last: $last, before: $before) {
        edges { cursor node { id at type outcome reason detail ip device actor { id username } } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }
  }
`);

/** A user, as administrators see them. */
export type ViewedUser = NonNullable<UserDetailsQuery['user']>;
