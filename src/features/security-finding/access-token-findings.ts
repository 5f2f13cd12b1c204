import { days } from '../../duration.js';
import { MAXIMUM_SUBJECTS, type SecurityFacts } from './find-security-facts.js';
import { isUnused, type Found } from './unused-credentials.js';

/** How long before its end a token that is in use is reported, and how recent its use must be. */
const EXPIRING_MS = days(7);
const IN_USE_MS = days(30);

/** Finds access tokens that are in use and end soon, the soonest first. */
export const findExpiringAccessTokens = ({ accessTokens }: SecurityFacts, now: number): Found[] =>
  accessTokens
    .filter(
      ({ expiresAt, lastUsedAt }) =>
        expiresAt.getTime() - now <= EXPIRING_MS && lastUsedAt !== null && now - lastUsedAt.getTime() <= IN_USE_MS,
    )
    .toSorted((one, other) => one.expiresAt.getTime() - other.expiresAt.getTime())
    .slice(0, MAXIMUM_SUBJECTS)
    .map((row) => ({
      subject: { type: 'ACCESS_TOKEN', row },
      message: {
        EN: `Your access token “${row.name}” is in use and expires within a week. Rotate it so nothing stops.`,
        ZH: `您的访问令牌“${row.name}”正在使用，一周内将过期。请及时更换，以免服务中断。`,
      },
    }));

/** Finds unused access tokens, longest unused first. */
export const findUnusedAccessTokens = ({ accessTokens }: SecurityFacts, now: number): Found[] =>
  accessTokens
    .filter((row) => isUnused(row, now))
    .toSorted((one, other) => lastUse(one) - lastUse(other))
    .slice(0, MAXIMUM_SUBJECTS)
    .map((row) => ({
      subject: { type: 'ACCESS_TOKEN', row },
      message: {
        EN: `Your access token “${row.name}” hasn’t been used in 90 days. Revoke it if you no longer need it.`,
        ZH: `您的访问令牌“${row.name}”已有 90 天未使用。如不再需要，请撤销。`,
      },
    }));

const lastUse = ({ lastUsedAt, createdAt }: { readonly lastUsedAt: Date | null; readonly createdAt: Date }) =>
  (lastUsedAt ?? createdAt).getTime();
