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

export const SecurityEventTypeEnum = graphqlEnum<EventType>('SecurityEventType', 'What happened to an account.', {
  SETUP_COMPLETED: 'The first administrator was made.',
  REGISTERED: 'The account was made.',
  LOGIN_SUCCEEDED: 'Somebody signed in.',
  LOGIN_FAILED: 'A sign-in was refused.',
  LOGIN_CHALLENGED: 'The password was right, and the second factor was asked for.',
  LOGGED_OUT: 'Somebody signed out.',
  SESSION_REVOKED: 'A session was ended.',
  NEW_DEVICE_SEEN: 'The sign-in came from a device that was not seen before.',
  ATTEMPTS_LOCKED: 'Too many proofs were wrong: further ones have to wait.',
  IDENTITY_CONFIRMED: 'Who is at a session was proven again.',
  USERNAME_CHANGED: 'The username was changed.',
  EMAIL_CODE_SENT: 'A code to bind an address was asked for.',
  EMAIL_BOUND: 'An address was bound.',
  EMAIL_CHANGE_REVERTED: 'A change of the address was undone from the former one.',
  PASSWORD_CHANGED: 'The password was changed.',
  PASSWORD_RESET_REQUESTED: 'A new password was asked for by mail.',
  PASSWORD_RESET: 'A new password was set with a token.',
  TWO_FACTOR_STARTED: 'Turning two-factor authentication on, or replacing the app, was begun.',
  TWO_FACTOR_ENABLED: 'Two-factor authentication was turned on, or the app replaced.',
  TWO_FACTOR_DISABLED: 'Two-factor authentication was turned off.',
  SECOND_FACTOR_FAILED: 'A second factor was wrong.',
  BACKUP_CODE_USED: 'A backup code was used.',
  BACKUP_CODES_REGENERATED: 'New backup codes took the place of the old ones.',
  API_TOKEN_VIEWED: 'The API token was shown.',
  API_TOKEN_RESET: 'The API token was made anew.',
  CALL_KEY_CREATED: 'A call key was made.',
  CALL_KEY_UPDATED: 'A call key was changed, switched on or off, or the grace of its old secret was ended.',
  CALL_KEY_ROTATED: 'A call key got a new secret.',
  CALL_KEY_DELETED: 'A call key was deleted.',
  USER_CREATED: 'An administrator made the account.',
  USER_STATUS_SET: 'An administrator disabled the account, or enabled it.',
  USER_ROLE_SET: 'An administrator gave the account another role.',
  USER_TWO_FACTOR_RESET: 'An administrator took two-factor authentication off, for somebody who lost it.',
  USER_PASSWORD_RESET_SENT: 'An administrator sent or handed over the way to a new password.',
  USER_SESSIONS_REVOKED: 'An administrator ended all sessions of the account.',
  SERVICE_TOKEN_RESET: 'An administrator made the token of a machine account anew.',
  USER_DELETED: 'An administrator deleted the account; it can be restored for 30 days.',
  USER_RESTORED: 'An administrator restored the deleted account.',
  USER_ERASED: 'The account was erased for good, 30 days after it was deleted.',
  DECRYPTION_FAILED: 'A secret of the account could not be decrypted.',
});

export const OutcomeEnum = graphqlEnum<Outcome>('Outcome', 'How it ended.', {
  SUCCESS: 'It was done.',
  REFUSED: 'It was refused.',
});

@ObjectType('Actor', { description: 'Who did something.', simpleResolvers: true })
export class ActorType {
  @Field(() => ID, { description: 'The id of the account.' })
  id!: string;

  @Field(() => String, { description: 'The username, as it is now.' })
  username!: string;

  @Field(() => RoleEnum, { description: 'The role, as it is now.' })
  role!: Role;
}

@ObjectType('SecurityEvent', {
  description: 'Something that happened to the security of an account.',
  implements: NodeType,
  simpleResolvers: true,
})
export class SecurityEventType extends NodeType {
  /** Whose account, and who did it; fields resolve them. */
  accountId!: string | null;
  actorId!: string | null;

  @Field(() => DateTimeScalar, { description: 'When it happened.' })
  at!: Date;

  @Field(() => SecurityEventTypeEnum, { description: 'What happened.' })
  type!: EventType;

  @Field(() => OutcomeEnum, { description: 'How it ended.' })
  outcome!: Outcome;

  @Field(() => String, { nullable: true, description: 'An administrator’s words.' })
  reason!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'What it was set to, e.g. DISABLED or ADMIN, or the hint of the call key that it was done to, where the type alone does not tell.',
  })
  detail!: string | null;

  @Field(() => String, { nullable: true, description: 'The address that it came from.' })
  ip!: string | null;

  @Field(() => String, { nullable: true, description: 'Browser and system in words.' })
  device!: string | null;

  @Field(() => String, { description: 'Names the request, as answers and logs do.' })
  requestId!: string;
}

export const SecurityEventConnectionType = connectionType(SecurityEventType, 'SecurityEvent', {
  connection: 'A page of events, the newest first.',
  edges: 'The events of the page.',
  edge: 'An event and where it stands.',
  node: 'The event.',
});

/** The `SecurityEvent` of a row. */
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
