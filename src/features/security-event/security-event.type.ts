import { Field, ID, ObjectType } from 'type-graphql';
import { RoleEnum } from '../account/user.type.js';
import type { Role } from '../../rules/role.js';
import { connectionType } from '../../graphql-kit/relay/connection.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import { toGlobalId } from '../../graphql-kit/relay/global-id.js';
import { NodeType } from '../../graphql-kit/relay/node.type.js';
import { describeDevice } from './device.js';
import type { SecurityEventRow } from './find-events.js';
import type { Outcome, SecurityEventType as EventType } from './security-event.entity.js';

export const SecurityEventTypeEnum = graphqlEnum<EventType>('SecurityEventType', 'The type of a security event.', {
  SETUP_COMPLETED: 'The first administrator was created.',
  REGISTERED: 'The account was created.',
  LOGIN_SUCCEEDED: 'A sign-in succeeded.',
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
  TWO_FACTOR_ENABLED: 'Two-factor authentication was turned on, or the app was replaced.',
  TWO_FACTOR_DISABLED: 'Two-factor authentication was turned off.',
  SECOND_FACTOR_FAILED: 'A second factor was wrong.',
  BACKUP_CODE_USED: 'A backup code was used.',
  BACKUP_CODES_REGENERATED: 'Backup codes were replaced with new ones.',
  API_TOKEN_VIEWED: 'The API token was viewed.',
  API_TOKEN_RESET: 'The API token was created or replaced.',
  CALL_KEY_CREATED: 'A call key was created.',
  CALL_KEY_UPDATED: 'A call key was changed, enabled or disabled, or its grace period was ended.',
  CALL_KEY_ROTATED: 'A call key got a new secret.',
  CALL_KEY_DELETED: 'A call key was deleted.',
  USER_CREATED: 'An administrator created the account.',
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
  DECRYPTION_FAILED: 'A secret of the account could not be decrypted.',
});

export const OutcomeEnum = graphqlEnum<Outcome>('Outcome', 'The outcome of a security event.', {
  SUCCESS: 'The action succeeded.',
  REFUSED: 'The action was refused.',
});

@ObjectType('Actor', { description: 'The account that caused a security event.', simpleResolvers: true })
export class ActorType {
  @Field(() => ID, { description: 'The ID of the account.' })
  id!: string;

  @Field(() => String, { description: 'The current username.' })
  username!: string;

  @Field(() => RoleEnum, { description: 'The current role.' })
  role!: Role;
}

@ObjectType('SecurityEvent', {
  description: 'An event in the security of an account.',
  implements: NodeType,
  simpleResolvers: true,
})
export class SecurityEventType extends NodeType {
  /** The account and the actor, resolved by fields. */
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

  @Field(() => String, { nullable: true, description: 'The IP address of the caller.' })
  ip!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The browser and system of the caller, e.g. “Firefox on Linux”.',
  })
  device!: string | null;

  @Field(() => String, { description: 'The ID of the request, as in responses and logs.' })
  requestId!: string;
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
  at: row.at,
  type: row.type,
  outcome: row.outcome,
  reason: row.reason,
  detail: row.detail,
  ip: row.ip,
  device: describeDevice(row.userAgent),
  requestId: row.requestId,
});
