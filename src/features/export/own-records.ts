import { toGlobalId } from '../../rules/global-id.js';
import type { AccessTokenRow } from '../access-token/find-access-tokens.js';
import type { CallKeyRow } from '../call-key/find-call-keys.js';
import { findPeriodUse } from '../call-key/quota-period.js';
import type { PasskeyRow } from '../passkey/find-passkeys.js';
import { providerName } from '../passkey/provider.js';
import { describeDevice } from '../security-event/device.js';
import type { SessionRow } from '../session/find-sessions.js';
import type { TrustedBrowserRow } from '../trusted-browser/find-trusted-browsers.js';
import type { EventRecord } from './event-records.js';
import type { UsageRecord } from './usage-records.js';

/** The record of a passkey, without its public key. */
export const toPasskeyRecord = (row: PasskeyRow) => ({
  type: 'passkey' as const,
  id: toGlobalId('Passkey', row.id),
  name: row.name,
  createdAt: row.createdAt,
  lastUsedAt: row.lastUsedAt,
  synced: row.backedUp,
  provider: providerName(row.aaguid),
  credentialId: row.credentialId,
  signsIn: row.signsIn,
});

/** The record of a session. */
export const toSessionRecord = (row: SessionRow) => ({
  type: 'session' as const,
  id: toGlobalId('Session', row.id),
  createdAt: row.createdAt,
  lastSeenAt: row.lastSeenAt,
  expiresAt: row.expiresAt,
  ip: row.ip,
  device: describeDevice(row.userAgent),
  factors: row.factors,
});

/** The record of a trusted browser. */
export const toTrustedBrowserRecord = (row: TrustedBrowserRow) => ({
  type: 'trustedBrowser' as const,
  id: toGlobalId('TrustedBrowser', row.id),
  device: describeDevice(row.userAgent),
  ip: row.ip,
  createdAt: row.createdAt,
  lastUsedAt: row.lastUsedAt,
  expiresAt: row.expiresAt,
});

/** The record of an access token. */
export const toAccessTokenRecord = (row: AccessTokenRow) => ({
  type: 'accessToken' as const,
  id: toGlobalId('AccessToken', row.id),
  name: row.name,
  hint: row.hint,
  scopes: row.scopes,
  allowedIps: row.allowedIps,
  status: row.status,
  createdAt: row.createdAt,
  expiresAt: row.expiresAt,
  lastUsedAt: row.lastUsedAt,
  lastUsedIp: row.lastUsedIp,
  oldTokenValidUntil: row.oldTokenValidUntil,
});

/** The record of a call key. */
export const toCallKeyRecord = (row: CallKeyRow) => ({
  type: 'callKey' as const,
  id: toGlobalId('CallKey', row.id),
  name: row.name,
  hint: row.hint,
  status: row.status,
  createdAt: row.createdAt,
  expiresAt: row.expiresAt,
  lastUsedAt: row.lastUsedAt,
  models: row.models,
  allowedIps: row.allowedIps,
  quotaLeft: row.quotaLeft,
  quotaUsed: row.quotaUsed,
  period: row.period,
  periodQuota: row.periodQuota,
  periodTimeZone: row.periodTimeZone,
  ...findPeriodUse(row, row.readAt),
  requestsPerMinuteLimit: row.requestsPerMinuteLimit,
  tokensPerMinuteLimit: row.tokensPerMinuteLimit,
  oldKeyValidUntil: row.oldKeyValidUntil,
});

/** The record of a security event. */
export const toOwnEventRecord = ({ type: eventType, ...event }: EventRecord) => ({
  type: 'event' as const,
  eventType,
  ...event,
});

/** The record of an AI call. */
export const toUsageLogRecord = ({ type: usageType, userId: _owner, ...log }: UsageRecord) => ({
  type: 'usageLog' as const,
  usageType,
  ...log,
});
