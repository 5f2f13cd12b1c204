import { graphql } from '../api/graphql.js';
import type { MyProfileQuery } from '../generated/graphql.js';

/** What the sections of the Profile page show, but for the events, which are read by pages. */
export const MyProfile = graphql(`
  query MyProfile {
    me {
      id username email createdAt passwordChangedAt
      twoFactor { enabled enabledAt backupCodesLeft }
      apiToken { hint createdAt lastUsedAt lastUsedIp }
      sessions { id current createdAt lastSeenAt ip device factors }
      securityFindings { code severity message }
    }
  }
`);

export type ProfileOfPage = NonNullable<MyProfileQuery['me']>;
