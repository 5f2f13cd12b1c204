import { graphql } from '../api/graphql.js';
import type { MyProfileQuery } from '../generated/graphql.js';

/** The data of the Profile view, without events, which are paginated. */
export const MyProfile = graphql(`
  query MyProfile {
    me {
      id username email createdAt passwordChangedAt
      twoFactor { enabled enabledAt backupCodesLeft }
      apiToken { hint createdAt lastUsedAt lastUsedIp }
      sessions { id current createdAt lastSeenAt ip device factors }
      securityFindings { code severity message subject { id ... on CallKey { name } } }
    }
  }
`);

export type ProfileData = NonNullable<MyProfileQuery['me']>;
