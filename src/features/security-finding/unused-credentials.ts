import { days } from '../../duration.js';
import type { Translated } from '../../text/locale.js';
import type { AccessTokenRow } from '../access-token/find-access-tokens.js';
import type { ApiTokenRow } from '../api-token/find-api-tokens.js';
import type { CallKeyRow } from '../call-key/find-call-keys.js';
import { describeDevice } from '../security-event/device.js';
import type { SessionRow } from '../session/find-sessions.js';
import type { SecurityFacts } from './find-security-facts.js';

/** What a finding is about, besides the account. */
export type FindingSubject =
  | { readonly type: 'ACCESS_TOKEN'; readonly row: AccessTokenRow }
  | { readonly type: 'API_TOKEN'; readonly row: ApiTokenRow }
  | { readonly type: 'CALL_KEY'; readonly row: CallKeyRow }
  | { readonly type: 'SESSION'; readonly row: SessionRow };

/** What was found: the subject, null for the account itself, and the message about it. */
export interface Found {
  readonly subject: FindingSubject | null;
  readonly message: Translated;
}

/** After this long, an unused API token or call key is probably forgotten and may have leaked. */
const TOKEN_UNUSED_MS = days(90);

/**
 * After this long, an unused remembered session is probably on a device that its owner no longer uses. Other sessions
 * expire before.
 */
const SESSION_UNUSED_MS = days(2);

/** Whether a token or key was not used for long, or since it was created. */
export const isUnused = (
  { lastUsedAt, createdAt }: Pick<ApiTokenRow | CallKeyRow | AccessTokenRow, 'lastUsedAt' | 'createdAt'>,
  now: number,
): boolean => now - (lastUsedAt ?? createdAt).getTime() >= TOKEN_UNUSED_MS;

/** Finds the API token if it is unused. */
export const findUnusedApiToken = ({ apiToken }: SecurityFacts, now: number): Found[] =>
  apiToken && isUnused(apiToken, now)
    ? [
        {
          subject: { type: 'API_TOKEN', row: apiToken },
          message: {
            EN: 'Your API token hasn’t been used in 90 days. Reset it so old copies stop working.',
            ZH: '您的 API 令牌已有 90 天未使用。请重置令牌，使旧令牌失效。',
          },
        },
      ]
    : [];

/** Finds unused call keys, longest unused first. */
export const findUnusedCallKeys = ({ longestUnusedCallKeys }: SecurityFacts, now: number): Found[] =>
  longestUnusedCallKeys
    .filter((row) => isUnused(row, now))
    .map((row) => ({
      subject: { type: 'CALL_KEY', row },
      message: {
        EN: `Your call key “${row.name}” hasn’t been used in 90 days. Delete it if you no longer need it.`,
        ZH: `您的 API 密钥“${row.name}”已有 90 天未使用。如不再需要，请删除。`,
      },
    }));

/** Finds unused sessions, longest unused first. */
export const findUnusedSessions = ({ longestUnusedSessions }: SecurityFacts, now: number): Found[] =>
  longestUnusedSessions
    .filter(({ lastSeenAt }) => now - lastSeenAt.getTime() >= SESSION_UNUSED_MS)
    .map((row) => ({
      subject: { type: 'SESSION', row },
      message: {
        EN: `${describeDevice(row.userAgent, 'EN') ?? 'A device'} has been signed in without activity for two days. Sign it out if you no longer use it.`,
        ZH: `${describeDevice(row.userAgent, 'ZH') ?? '有一台设备'}已登录但两天未使用。如不再使用，请退出该设备。`,
      },
    }));
