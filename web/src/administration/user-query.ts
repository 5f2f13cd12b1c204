import { graphql } from '../api/graphql.js';
import type { UserDetailsQuery } from '../generated/graphql.js';

/** A user as administrators see them, without events, which are paginated. */
export const UserDetails = graphql(`
  query UserDetails($id: ID!) {
    user(id: $id) {
      id username role status email createdAt lastLoginAt passwordChangedAt allowedActions serviceScopes
      twoFactor { enabled enabledAt backupCodesLeft }
      apiToken { hint createdAt lastUsedAt }
      accessTokens { id name hint scopes allowedIps status createdAt expiresAt lastUsedAt lastUsedIp oldTokenValidUntil }
      sessions { id lastSeenAt ip device }
      deletion: securityEvents(first: 1, filter: { types: [DELETION_REQUESTED, USER_DELETED] }) { edges { cursor node { id at type } } }
      callKeys(first: 100) { totalCount edges { cursor node { id name hint status createdAt expiresAt lastUsedAt models allowedIps quotaLeft quotaUsed period periodQuota periodUsed periodTimeZone periodResetsAt requestsPerMinuteLimit tokensPerMinuteLimit oldKeyValidUntil } } }
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
        edges { cursor node { id at type outcome reason detail ip device actor { id username } accessToken { id name } } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }
  }
`);

/** A user, as administrators see them. */
export type ViewedUser = NonNullable<UserDetailsQuery['user']>;
