import { defineEntity, p } from '@mikro-orm/core';

export const securityEventTypes = [
  'SETUP_COMPLETED',
  'REGISTERED',
  'LOGIN_SUCCEEDED',
  'LOGIN_FAILED',
  'LOGIN_CHALLENGED',
  'LOGGED_OUT',
  'SESSION_REVOKED',
  'NEW_DEVICE_SEEN',
  'ATTEMPTS_LOCKED',
  'IDENTITY_CONFIRMED',
  'USERNAME_CHANGED',
  'EMAIL_CODE_SENT',
  'EMAIL_BOUND',
  'EMAIL_CHANGE_REVERTED',
  'PASSWORD_CHANGED',
  'PASSWORD_RESET_REQUESTED',
  'PASSWORD_RESET',
  'TWO_FACTOR_STARTED',
  'TWO_FACTOR_ENABLED',
  'TWO_FACTOR_DISABLED',
  'SECOND_FACTOR_FAILED',
  'BACKUP_CODE_USED',
  'BACKUP_CODES_REGENERATED',
  'PASSKEY_ADDED',
  'PASSKEY_RENAMED',
  'PASSKEY_REMOVED',
  'BROWSER_TRUSTED',
  'BROWSERS_FORGOTTEN',
  'API_TOKEN_VIEWED',
  'API_TOKEN_RESET',
  'ACCESS_TOKEN_CREATED',
  'ACCESS_TOKEN_UPDATED',
  'ACCESS_TOKEN_ROTATED',
  'ACCESS_TOKENS_REVOKED',
  'IDENTITY_TOKEN_ISSUED',
  'CALL_KEY_CREATED',
  'CALL_KEY_UPDATED',
  'CALL_KEY_ROTATED',
  'CALL_KEY_DELETED',
  'QUOTA_WARNING',
  'EVERYTHING_REVOKED',
  'DATA_EXPORTED',
  'DELETION_REQUESTED',
  'DELETION_CANCELED',
  'WEBHOOK_CREATED',
  'WEBHOOK_UPDATED',
  'WEBHOOK_SECRET_ROTATED',
  'WEBHOOK_DELETED',
  'WEBHOOK_TESTED',
  'WEBHOOK_FAILING',
  'DECRYPTION_FAILED',
  'USER_CREATED',
  'USER_IMPORTED',
  'USER_STATUS_SET',
  'USER_ROLE_SET',
  'USER_TWO_FACTOR_RESET',
  'USER_PASSWORD_RESET_SENT',
  'USER_SESSIONS_REVOKED',
  'SERVICE_TOKEN_RESET',
  'USER_DELETED',
  'USER_RESTORED',
  'USER_ERASED',
] as const;
export type SecurityEventType = (typeof securityEventTypes)[number];

const outcomes = ['SUCCESS', 'REFUSED'] as const;
export type Outcome = (typeof outcomes)[number];

/**
 * An event in the security of an account. It contains IDs but no usernames or email addresses, and no foreign
 * keys, so erasing a user rewrites no event. A trigger rejects updates, and deletes except by retention.
 */
export const SecurityEventEntity = defineEntity({
  name: 'SecurityEvent',
  tableName: 'security_events',
  triggers: [
    {
      name: 'append_only',
      timing: 'before',
      events: ['update', 'delete'],
      forEach: 'statement',
      body: "if tg_op = 'DELETE' and current_setting('postern.event_retention', true) = 'on' then return null; end if; raise exception 'security events are append-only';",
    },
  ],
  indexes: [
    { properties: ['accountId', 'id'] },
    { properties: ['actorId', 'id'] },
    { properties: ['ip', 'id'] },
    { properties: ['type', 'id'] },
    {
      name: 'security_events_access_token_id_id_index',
      properties: ['accessTokenId', 'id'],
      where: 'access_token_id is not null',
    },
  ],
  properties: {
    id: p.uuid().primary(),
    at: p.datetime(),
    type: p.text().$type<SecurityEventType>(),
    outcome: p.enum(outcomes),
    /** The account; null if unknown, e.g. for a sign-in with an unknown name. */
    accountId: p.uuid().nullable(),
    /** Who acted: the owner or an administrator; null for an anonymous caller. */
    actorId: p.uuid().nullable(),
    sessionId: p.uuid().nullable(),
    /** The access token that was used; null for a session or the API token. */
    accessTokenId: p.uuid().nullable(),
    ip: p.text().nullable(),
    userAgent: p.text().nullable(),
    requestId: p.text(),
    /** The trace that the client named, as 32 hexadecimal digits; null if it named none. */
    traceId: p.text().nullable(),
    /** An administrator's reason; otherwise null. */
    reason: p.text().nullable(),
    /**
     * The new value, e.g. a role, or the hint of the call key, if the type doesn't say it. Never a username or an email
     * address.
     */
    detail: p.text().nullable(),
    /** The signature (`event-digest.ts`); null in events that predate signatures. */
    mac: p.text().nullable(),
  },
});
