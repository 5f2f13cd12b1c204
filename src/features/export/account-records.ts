import { toGlobalId } from '../../rules/global-id.js';
import { findAccessTokensOfAccounts } from '../access-token/find-access-tokens.js';
import { findAccounts } from '../account/find-accounts.js';
import { findApiTokensOfAccounts } from '../api-token/find-api-tokens.js';
import { listCallKeys, type CallKeySelection } from '../call-key/list-call-keys.js';
import { findPasskeysOfAccounts } from '../passkey/find-passkeys.js';
import { findPasswordChanges } from '../password/find-password-changes.js';
import { findSessionsOfAccounts } from '../session/find-sessions.js';
import { findTrustedBrowsersOfAccounts } from '../trusted-browser/find-trusted-browsers.js';
import { findTwoFactorOfAccounts, usableKinds } from '../two-factor/find-two-factor.js';
import { findWarningPercentages } from '../usage/find-warning-percentages.js';
import { exportOwnEvents } from './event-records.js';
import type { ExportContext } from './export-context.js';
import {
  toAccessTokenRecord,
  toCallKeyRecord,
  toOwnEventRecord,
  toPasskeyRecord,
  toSessionRecord,
  toTrustedBrowserRecord,
  toUsageLogRecord,
} from './own-records.js';
import { readPages } from './read-pages.js';
import { exportUsage } from './usage-records.js';

/** A record of an account's export. Its `type` says what it is about. */
export interface AccountRecord {
  readonly type:
    | 'profile'
    | 'passkey'
    | 'session'
    | 'trustedBrowser'
    | 'apiToken'
    | 'accessToken'
    | 'callKey'
    | 'event'
    | 'usageLog';
}

const allEvents = { from: null, to: null, types: null, outcome: null, ip: null, accessTokenId: null };
const allUsage = { from: null, to: null, type: null, callKeyId: null, model: null, requestId: null };
const allCallKeys: CallKeySelection = { search: null, status: null };

/**
 * Yields everything that an account has, page by page: what its owner can see. Each record names its fields one by one,
 * so that no secret and no hash is among them.
 */
export async function* exportAccount(
  context: ExportContext,
  accountId: string,
): AsyncGenerator<readonly AccountRecord[]> {
  const { reader, now } = context;
  const accountIds = [accountId];
  yield [await findProfile(context, accountId)];
  yield (await findPasskeysOfAccounts(reader, { accountIds })).map(toPasskeyRecord);
  yield (await findSessionsOfAccounts(reader, { accountIds, now })).map(toSessionRecord);
  yield (await findTrustedBrowsersOfAccounts(reader, { accountIds, now })).map(toTrustedBrowserRecord);
  yield (await findApiTokensOfAccounts(reader, { accountIds })).map(({ accountId, ...row }) => ({
    type: 'apiToken',
    id: toGlobalId('ApiToken', accountId),
    hint: row.hint,
    createdAt: row.createdAt,
    lastUsedAt: row.lastUsedAt,
    lastUsedIp: row.lastUsedIp,
  }));
  yield (await findAccessTokensOfAccounts(reader, accountIds, now)).map(toAccessTokenRecord);
  for await (const rows of readPages((page) => listCallKeys(context, accountIds, { selection: allCallKeys, page })))
    yield rows.map(toCallKeyRecord);
  for await (const events of exportOwnEvents(context, accountId, allEvents)) yield events.map(toOwnEventRecord);
  for await (const logs of exportUsage(context, { accountId, selection: allUsage })) yield logs.map(toUsageLogRecord);
}

async function findProfile({ reader }: ExportContext, accountId: string): Promise<AccountRecord> {
  const accountIds = [accountId];
  const [account] = await findAccounts(reader, { ids: accountIds });
  const [password] = await findPasswordChanges(reader, { accountIds });
  const [warnings] = await findWarningPercentages(reader, { accountIds });
  const [twoFactor] = await findTwoFactorOfAccounts(reader, { accountIds });
  return {
    type: 'profile',
    id: toGlobalId('User', accountId),
    username: account?.username,
    role: account?.role,
    status: account?.status,
    createdAt: account?.createdAt,
    lastLoginAt: account?.lastLoginAt,
    email: account?.email,
    locale: account?.locale,
    usageWarnings: warnings?.percentages,
    passwordChangedAt: password?.passwordChangedAt ?? null,
    twoFactor: {
      enabled: twoFactor !== undefined,
      enabledAt: twoFactor?.enabledAt ?? null,
      backupCodesLeft: Number(twoFactor?.backupCodesLeft ?? 0),
      factors: twoFactor ? usableKinds(twoFactor) : [],
    },
  } as AccountRecord;
}
