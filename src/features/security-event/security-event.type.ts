import { Field, ObjectType } from 'type-graphql';
import { connectionType } from '../../graphql-kit/relay/connection.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import { toGlobalId } from '../../rules/global-id.js';
import { NodeType } from '../../graphql-kit/relay/node.type.js';
import { describeDevice } from './device.js';
import type { SecurityEventRow } from './find-events.js';
import type { Outcome, SecurityEventType as EventType } from './security-event.entity.js';

export const SecurityEventTypeEnum = graphqlEnum<EventType>('SecurityEventType', 'The type of a security event.', {
  SETUP_COMPLETED: 'The first administrator was created.',
  REGISTERED: 'The account was created.',
  LOGIN_SUCCEEDED: 'A sign-in succeeded, without the second factor if `detail` is TRUSTED_BROWSER.',
  LOGIN_FAILED: 'A sign-in failed.',
  LOGIN_CHALLENGED: 'The password was correct and the second factor was requested.',
  LOGGED_OUT: 'The user signed out.',
  SESSION_REVOKED: 'A session was revoked.',
  NEW_DEVICE_SEEN: 'The sign-in came from a new device.',
  ATTEMPTS_LOCKED: 'Attempts were locked for a while after too many wrong proofs.',
  IDENTITY_CONFIRMED: 'The user confirmed their identity in a session.',
  USERNAME_CHANGED: 'The username was changed.',
  EMAIL_CODE_SENT: 'A code to bind an email address was requested.',
  EMAIL_BOUND: 'An email address was bound.',
  EMAIL_CHANGE_REVERTED: 'An email change was undone from the previous address.',
  PASSWORD_CHANGED: 'The password was changed.',
  PASSWORD_RESET_REQUESTED: 'A password reset was requested by email.',
  PASSWORD_RESET: 'A new password was set with a token.',
  TWO_FACTOR_STARTED: 'Setup of two-factor authentication, or replacement of the app, was started.',
  TWO_FACTOR_ENABLED:
    'Two-factor authentication was turned on, by a passkey if `detail` is PASSKEY, or the app was replaced.',
  TWO_FACTOR_DISABLED:
    'Two-factor authentication was turned off, or only the app was removed if `detail` is PASSKEYS_LEFT.',
  PASSKEY_ADDED: 'A passkey was added. `detail` is its provider.',
  PASSKEY_RENAMED: 'A passkey was renamed.',
  PASSKEY_REMOVED: 'A passkey was removed.',
  BROWSER_TRUSTED: 'The user chose to skip the second step in a browser.',
  BROWSERS_FORGOTTEN: 'Trusted browsers were forgotten. They ask for the second factor again.',
  SECOND_FACTOR_FAILED: 'A second factor was wrong.',
  BACKUP_CODE_USED: 'A backup code was used.',
  BACKUP_CODES_REGENERATED: 'Backup codes were replaced with new ones.',
  API_TOKEN_VIEWED: 'The API token was viewed.',
  API_TOKEN_RESET: 'The API token was created or replaced.',
  ACCESS_TOKEN_CREATED: 'An access token was created. `detail` is its hint.',
  ACCESS_TOKEN_UPDATED:
    'The name or the addresses of an access token were changed. `detail` is its hint, or ALLOWED_IPS_WIDENED.',
  ACCESS_TOKEN_ROTATED: 'An access token was replaced. `detail` is the new hint.',
  ACCESS_TOKENS_REVOKED: 'An access token was revoked. `detail` is its hint.',
  IDENTITY_TOKEN_ISSUED:
    'A session got its first identity token for a service. `detail` is the service. Further ones are not recorded.',
  CALL_KEY_CREATED: 'A call key was created.',
  CALL_KEY_UPDATED: 'A call key was changed, enabled or disabled, or its grace period was ended.',
  CALL_KEY_ROTATED: 'A call key got a new secret.',
  CALL_KEY_DELETED: 'A call key was deleted.',
  QUOTA_WARNING:
    'A call key has used a percentage of its quota at which its owner is warned. `detail` is its hint, the percentage, and TOTAL or the period.',
  USER_CREATED: 'An administrator created the account.',
  USER_IMPORTED: 'The operator imported the account from another system.',
  USER_STATUS_SET: 'An administrator disabled or enabled the account.',
  USER_ROLE_SET: 'An administrator changed the role of the account.',
  USER_TWO_FACTOR_RESET: 'An administrator reset two-factor authentication of the account.',
  USER_PASSWORD_RESET_SENT: 'An administrator emailed or shared a password reset link.',
  USER_SESSIONS_REVOKED:
    'An administrator revoked all sessions of the account, or some of them if `detail` is SELECTED.',
  SERVICE_TOKEN_RESET: 'An administrator reset the token of a service account.',
  USER_DELETED: 'An administrator deleted the account. It can be restored for 30 days.',
  USER_RESTORED: 'An administrator restored the deleted account.',
  USER_ERASED: 'The account was permanently erased, 30 days after its deletion.',
  EVERYTHING_REVOKED: 'The owner revoked everything that gives access to the account.',
  DATA_EXPORTED:
    'The user exported data. `detail` is ACCOUNT for all of the own account, ALL_USAGE or ALL_EVENTS for that of all accounts.',
  DELETION_REQUESTED: 'The owner deleted the account. It can be restored for 30 days.',
  DELETION_CANCELED: 'The deletion that the owner asked for was canceled with a link.',
  WEBHOOK_CREATED: 'An administrator created a webhook. `detail` is its ID.',
  WEBHOOK_UPDATED: 'An administrator changed a webhook, or turned it on or off. `detail` is its ID.',
  WEBHOOK_SECRET_ROTATED: 'An administrator replaced the secret of a webhook. `detail` is its ID.',
  WEBHOOK_DELETED: 'An administrator deleted a webhook. `detail` is its ID.',
  WEBHOOK_TESTED: 'An administrator sent this event to a webhook to test it. `detail` is its ID.',
  WEBHOOK_FAILING: 'A webhook was turned off, because its receiver failed for days or is gone. `detail` is its ID.',
  DECRYPTION_FAILED: 'A secret of the account could not be decrypted.',
});

export const OutcomeEnum = graphqlEnum<Outcome>('Outcome', 'The outcome of a security event.', {
  SUCCESS: 'The action succeeded.',
  REFUSED: 'The action was refused.',
});

@ObjectType('SecurityEvent', {
  description: 'An event in the security of an account.',
  implements: NodeType,
  simpleResolvers: true,
})
export class SecurityEventType extends NodeType {
  /** The account, the actor and the access token, resolved by fields. */
  accessTokenId!: string | null;
  accountId!: string | null;
  actorId!: string | null;

  @Field(() => DateTimeScalar, { description: 'When the event happened.' })
  at!: Date;

  @Field(() => SecurityEventTypeEnum, { description: 'What happened.' })
  type!: EventType;

  @Field(() => OutcomeEnum, { description: 'The outcome.' })
  outcome!: Outcome;

  @Field(() => String, { nullable: true, description: 'The reason given by an administrator.' })
  reason!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The new value, e.g. DISABLED or ADMIN, or the hint of the call key, if the type doesn’t say it.',
  })
  detail!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The IP address of the caller. Null for the owner if another user acted.',
  })
  ip!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The browser and system of the caller, e.g. “Firefox on Linux”. Null for the owner if another user acted.',
  })
  device!: string | null;

  @Field(() => String, { description: 'The ID of the request, as in responses and logs.' })
  requestId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The trace that the client named in the header `traceparent`, as in the log.',
  })
  traceId!: string | null;
}

export const SecurityEventConnectionType = connectionType(SecurityEventType, 'SecurityEvent', {
  connection: 'A page of security events, newest first.',
  edges: 'The events on this page.',
  edge: 'An event and its cursor.',
  node: 'The event.',
});

/** Maps a row to a `SecurityEvent`. */
export const toSecurityEvent = (row: SecurityEventRow): SecurityEventType & { __typename: 'SecurityEvent' } => ({
  __typename: 'SecurityEvent',
  id: toGlobalId('SecurityEvent', row.id),
  accountId: row.accountId,
  actorId: row.actorId,
  accessTokenId: row.accessTokenId,
  at: row.at,
  type: row.type,
  outcome: row.outcome,
  reason: row.reason,
  detail: row.detail,
  ip: row.ip,
  device: describeDevice(row.userAgent),
  requestId: row.requestId,
  traceId: row.traceId,
});
