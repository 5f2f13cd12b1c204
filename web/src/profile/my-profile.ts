import { graphql } from '../api/graphql.js';
import type { MyProfileQuery } from '../generated/graphql.js';

/** The data of the Profile view, without events, which are paginated. */
export const MyProfile = graphql(`
  query MyProfile {
    me {
      id username email createdAt passwordChangedAt
      twoFactor { enabled enabledAt backupCodesLeft factors }
      passkeys { id name provider synced signsIn credentialId createdAt lastUsedAt }
      apiToken { hint createdAt lastUsedAt lastUsedIp }
      accessTokens { id name hint scopes allowedIps status lastUsedAt lastUsedIp expiresAt oldTokenValidUntil }
      sessions { id current createdAt lastSeenAt ip device factors }
      trustedBrowsers { id current device ip createdAt lastUsedAt expiresAt }
      securityFindings { code severity message subject { id ... on CallKey { name } } }
    }
  }
`);

export type ProfileData = NonNullable<MyProfileQuery['me']>;
export type ProfilePasskey = NonNullable<ProfileData['passkeys']>[number];
