import { defineEntity, p } from '@mikro-orm/core';

/** What is recorded. An entry is added here by the work that records it. */
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
  'API_TOKEN_VIEWED',
  'API_TOKEN_RESET',
  'CALL_KEY_CREATED',
  'CALL_KEY_UPDATED',
  'CALL_KEY_ROTATED',
  'CALL_KEY_DELETED',
  'DECRYPTION_FAILED',
  'USER_CREATED',
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
 * One thing that happened to an account's security. It holds ids and never names or addresses of people,
 * so erasing a person rewrites no event; a trigger refuses that anything does. Accounts are referred to without
 * a foreign key for the same reason.
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
      body: "raise exception 'security events are append-only';",
    },
  ],
  indexes: [
    { properties: ['accountId', 'id'] },
    { properties: ['actorId', 'id'] },
    { properties: ['ip', 'id'] },
    { properties: ['type', 'id'] },
  ],
  properties: {
    id: p.uuid().primary(),
    at: p.datetime(),
    type: p.text().$type<SecurityEventType>(),
    outcome: p.enum(outcomes),
    /** Whose account; null where no account is known, as for a sign-in with an unknown name. */
    accountId: p.uuid().nullable(),
    /** Who did it: the person, or an administrator; null for a caller who is nobody yet. */
    actorId: p.uuid().nullable(),
    sessionId: p.uuid().nullable(),
    ip: p.text().nullable(),
    userAgent: p.text().nullable(),
    requestId: p.text(),
    /** An administrator's words; of what they did to somebody, and null elsewhere. */
    reason: p.text().nullable(),
    /**
     * What it was set to, e.g. a role, or the hint of the call key that it was done to, where the type alone does not
     * tell. Never a name or an address.
     */
    detail: p.text().nullable(),
    /** Shows that Postern wrote it (`event-digest.ts`); null in events from before events were signed. */
    mac: p.text().nullable(),
  },
});
