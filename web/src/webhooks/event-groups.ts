import type { SecurityEventType } from '../generated/graphql.js';

/** What the choice of event types is divided into, in this order. */
export const eventGroups = ['signIn', 'account', 'factors', 'tokens', 'administration', 'server'] as const;

/** A group of event types. */
export type EventGroup = (typeof eventGroups)[number];

/** The group of each type, in the order of the choice. */
const groups: Readonly<Record<SecurityEventType, EventGroup>> = {
  LOGIN_SUCCEEDED: 'signIn',
  LOGIN_FAILED: 'signIn',
  LOGIN_CHALLENGED: 'signIn',
  SECOND_FACTOR_FAILED: 'signIn',
  NEW_DEVICE_SEEN: 'signIn',
  ATTEMPTS_LOCKED: 'signIn',
  IDENTITY_CONFIRMED: 'signIn',
  IDENTITY_TOKEN_ISSUED: 'signIn',
  LOGGED_OUT: 'signIn',
  SESSION_REVOKED: 'signIn',
  EVERYTHING_REVOKED: 'signIn',
  REGISTERED: 'account',
  USERNAME_CHANGED: 'account',
  EMAIL_CODE_SENT: 'account',
  EMAIL_BOUND: 'account',
  EMAIL_CHANGE_REVERTED: 'account',
  PASSWORD_CHANGED: 'account',
  PASSWORD_RESET_REQUESTED: 'account',
  PASSWORD_RESET: 'account',
  DATA_EXPORTED: 'account',
  DELETION_REQUESTED: 'account',
  DELETION_CANCELED: 'account',
  TWO_FACTOR_STARTED: 'factors',
  TWO_FACTOR_ENABLED: 'factors',
  TWO_FACTOR_DISABLED: 'factors',
  PASSKEY_ADDED: 'factors',
  PASSKEY_RENAMED: 'factors',
  PASSKEY_REMOVED: 'factors',
  BACKUP_CODE_USED: 'factors',
  BACKUP_CODES_REGENERATED: 'factors',
  BROWSER_TRUSTED: 'factors',
  BROWSERS_FORGOTTEN: 'factors',
  API_TOKEN_VIEWED: 'tokens',
  API_TOKEN_RESET: 'tokens',
  ACCESS_TOKEN_CREATED: 'tokens',
  ACCESS_TOKEN_UPDATED: 'tokens',
  ACCESS_TOKEN_ROTATED: 'tokens',
  ACCESS_TOKENS_REVOKED: 'tokens',
  CALL_KEY_CREATED: 'tokens',
  CALL_KEY_UPDATED: 'tokens',
  CALL_KEY_ROTATED: 'tokens',
  CALL_KEY_DELETED: 'tokens',
  QUOTA_WARNING: 'tokens',
  USER_CREATED: 'administration',
  USER_IMPORTED: 'administration',
  USER_STATUS_SET: 'administration',
  USER_ROLE_SET: 'administration',
  USER_TWO_FACTOR_RESET: 'administration',
  USER_PASSWORD_RESET_SENT: 'administration',
  USER_SESSIONS_REVOKED: 'administration',
  SERVICE_TOKEN_RESET: 'administration',
  USER_DELETED: 'administration',
  USER_RESTORED: 'administration',
  USER_ERASED: 'administration',
  SETUP_COMPLETED: 'server',
  WEBHOOK_CREATED: 'server',
  WEBHOOK_UPDATED: 'server',
  WEBHOOK_SECRET_ROTATED: 'server',
  WEBHOOK_DELETED: 'server',
  WEBHOOK_TESTED: 'server',
  WEBHOOK_FAILING: 'server',
  DECRYPTION_FAILED: 'server',
};

/** The types of a group. */
export const typesOf = (group: EventGroup): readonly SecurityEventType[] =>
  (Object.keys(groups) as SecurityEventType[]).filter((type) => groups[type] === group);
