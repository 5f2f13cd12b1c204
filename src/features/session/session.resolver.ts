import { Arg, Ctx, Field, FieldResolver, ID, InputType, Int, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import { UserType } from '../account/user.type.js';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { requireSessionViewer, type Context } from '../../graphql-kit/context.js';
import { fromGlobalId } from '../../rules/global-id.js';
import { rowsByOwner } from '../../graphql-kit/relay/rows-by-owner.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import { findSessionsOfAccounts } from './find-sessions.js';
import { revokeOtherSessions } from './revoke-other-sessions.js';
import { revokeSession } from './revoke-session.js';
import { SessionType, toSession } from './session.type.js';

const sessions = rowsByOwner(({ reader, now }, accountIds: readonly string[]) =>
  findSessionsOfAccounts(reader, { accountIds, now }),
);

@InputType({ description: 'Input of revokeSession.' })
class RevokeSessionInput {
  @Field(() => ID, { description: 'The ID of the session.' })
  sessionId!: string;
}

@ObjectType({ description: 'The result of revokeSession.', simpleResolvers: true })
class RevokeSessionPayload extends Payload {
  @Field(() => ID, { nullable: true, description: 'The ID of the revoked session.' })
  revokedSessionId?: string;
}

@ObjectType({ description: 'The result of revokeOtherSessions.', simpleResolvers: true })
class RevokeOtherSessionsPayload extends Payload {
  @Field(() => Int, { nullable: true, description: 'The number of revoked sessions.' })
  revokedCount?: number;
}

@Resolver(() => UserType)
export class SessionResolver {
  @Auth({ requires: 'ADMIN', orSelf: true })
  @FieldResolver(() => [SessionType], {
    nullable: true,
    description: 'The active sessions of the account, most recently used first.',
  })
  async sessions(@Root() { accountId }: UserType, @Ctx() context: Context): Promise<SessionType[]> {
    const rows = await sessions(context, { accountId });
    return rows.map((row) => toSession(row, requireSessionViewer(context)));
  }

  @Auth()
  @Mutation(() => RevokeSessionPayload, {
    nullable: true,
    description:
      'Revokes a session of the caller. Its client is signed out on its next request. Returns STEP_UP_REQUIRED if the user verified every factor in that session within the last `stepUpMinutes`, and not in this one.',
  })
  async revokeSession(
    @Arg('input', () => RevokeSessionInput, { description: 'The session.' }) { sessionId }: RevokeSessionInput,
    @Ctx() context: Context,
  ): Promise<RevokeSessionPayload> {
    await revokeSession(context, requireSessionViewer(context), fromGlobalId('Session', sessionId));
    return { revokedSessionId: sessionId };
  }

  @Auth()
  @Mutation(() => RevokeOtherSessionsPayload, {
    nullable: true,
    description:
      'Revokes all sessions of the caller except the current one. Returns STEP_UP_REQUIRED if the user verified every factor in another session within the last `stepUpMinutes`, and not in this one.',
  })
  async revokeOtherSessions(@Ctx() context: Context): Promise<RevokeOtherSessionsPayload> {
    return { revokedCount: await revokeOtherSessions(context, requireSessionViewer(context)) };
  }
}
