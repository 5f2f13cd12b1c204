import { Field, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import { toGlobalId } from '../../rules/global-id.js';
import { NodeType } from '../../graphql-kit/relay/node.type.js';
import { describeDevice } from '../security-event/device.js';
import type { SessionRow } from './find-sessions.js';
import type { IssuedSession } from './issue-session.js';
import type { Factor } from './session.entity.js';
import type { SessionViewer, SessionDelivery } from '../../rules/viewer.js';

export const FactorEnum = graphqlEnum<Factor>('Factor', 'A way to verify a user’s identity.', {
  PASSWORD: 'The password.',
  TOTP: 'A six-digit code from an authenticator app (RFC 6238).',
  PASSKEY: 'A passkey (WebAuthn).',
  BACKUP_CODE: 'A backup code, saved when two-factor authentication was turned on.',
});

export const SessionDeliveryEnum = graphqlEnum<SessionDelivery>(
  'SessionDelivery',
  'How a session reaches the client. Never both ways.',
  {
    COOKIE: 'An HttpOnly cookie, for browsers.',
    BEARER: 'A bearer token in the response, for other clients.',
  },
);

@ObjectType('Session', { description: 'A signed-in browser or client.', implements: NodeType, simpleResolvers: true })
export class SessionType extends NodeType {
  /** The owner, checked by `@auth(orSelf: true)`; no field exposes it. */
  accountId!: string;

  @Field(() => Boolean, { description: 'Whether this is the session of the request.' })
  current!: boolean;

  @Field(() => DateTimeScalar, { description: 'When the session was created.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When the session was last used, to the minute.' })
  lastSeenAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When the session expires at the latest.' })
  expiresAt!: Date;

  @Field(() => String, { nullable: true, description: 'The IP address the session was created from.' })
  ip!: string | null;

  @Field(() => String, { nullable: true, description: 'The browser and system, e.g. “Firefox on Linux”.' })
  device!: string | null;

  @Field(() => [FactorEnum], { description: 'The factors that the user verified in the session.' })
  factors!: Factor[];
}

@ObjectType('IssuedSession', {
  description: 'A session that was just created or got a new token.',
  simpleResolvers: true,
})
export class IssuedSessionType {
  @Field(() => SessionType, { description: 'The session.' })
  session!: SessionType;

  @Field(() => String, {
    nullable: true,
    description: 'The bearer token. Set only for BEARER, and returned only here.',
  })
  token!: string | null;
}

/** Maps a row to a `Session`, as its viewer sees it. */
export const toSession = (
  row: SessionRow,
  viewer: Pick<SessionViewer, 'sessionId'>,
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

/** Maps a new session, which is the client's current one. */
export const toNewSession = (session: IssuedSession): SessionType => toSession(session, { sessionId: session.id });
