import { Field, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import { toGlobalId } from '../../graphql-kit/relay/global-id.js';
import { NodeType } from '../../graphql-kit/relay/node.type.js';
import { describeDevice } from '../security-event/device.js';
import type { SessionRow } from './find-sessions.js';
import type { IssuedSession } from './issue-session.js';
import type { Factor } from './session.entity.js';
import type { Viewer, SessionDelivery } from '../../rules/viewer.js';

export const FactorEnum = graphqlEnum<Factor>('Factor', 'How somebody proves who they are.', {
  PASSWORD: 'The password.',
  TOTP: 'A six-digit code of an authenticator app (RFC 6238).',
  BACKUP_CODE: 'One of the codes that were saved when two-factor authentication was turned on.',
});

export const SessionDeliveryEnum = graphqlEnum<SessionDelivery>(
  'SessionDelivery',
  'How a session reaches the client; never both ways.',
  {
    COOKIE: 'An HttpOnly cookie, for a browser.',
    BEARER: 'A bearer token in the answer, for any other client.',
  },
);

@ObjectType('Session', { description: 'One signed-in browser or client.', implements: NodeType, simpleResolvers: true })
export class SessionType extends NodeType {
  /** Whose object this is, for `@auth(orSelf: true)`; no field shows it. */
  accountId!: string;

  @Field(() => Boolean, { description: 'Whether it is the session of this request.' })
  current!: boolean;

  @Field(() => DateTimeScalar, { description: 'When it was opened.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When it was last used, to the minute.' })
  lastSeenAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When it ends at the latest.' })
  expiresAt!: Date;

  @Field(() => String, { nullable: true, description: 'The address that it was opened from.' })
  ip!: string | null;

  @Field(() => String, { nullable: true, description: 'Browser and system in words, e.g. “Firefox on Linux”.' })
  device!: string | null;

  @Field(() => [FactorEnum], { description: 'How it was opened.' })
  factors!: Factor[];
}

@ObjectType('IssuedSession', {
  description: 'A session that was just opened or got a new token.',
  simpleResolvers: true,
})
export class IssuedSessionType {
  @Field(() => SessionType, { description: 'The session.' })
  session!: SessionType;

  @Field(() => String, { nullable: true, description: 'The bearer token: only with BEARER, and only here.' })
  token!: string | null;
}

/** The `Session` of a row, as its viewer sees it. */
export const toSession = (
  row: SessionRow,
  viewer: Pick<Viewer, 'sessionId'>,
): SessionType & { __typename: 'Session' } => ({
  __typename: 'Session',
  id: toGlobalId('Session', row.id),
  accountId: row.accountId,
  current: row.id === viewer.sessionId,
  createdAt: row.createdAt,
  lastSeenAt: row.lastSeenAt,
  expiresAt: row.expiresAt,
  ip: row.ip,
  device: describeDevice(row.userAgent),
  factors: row.factors as Factor[],
});

/** The `Session` that was just opened; to its client it is the current one. */
export const toNewSession = (session: IssuedSession): SessionType => toSession(session, { sessionId: session.id });
