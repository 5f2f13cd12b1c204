import { Arg, Ctx, Field, FieldResolver, ID, InputType, Int, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import { UserType } from '../account/user.type.js';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { viewerOf, type Context } from '../../graphql-kit/context.js';
import { fromGlobalId } from '../../graphql-kit/relay/global-id.js';
import { rowsByOwner } from '../../graphql-kit/relay/rows-by-owner.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import { findSessionsOfAccounts } from './find-sessions.js';
import { revokeOtherSessions } from './revoke-other-sessions.js';
import { revokeSession } from './revoke-session.js';
import { SessionType, toSession } from './session.type.js';

const sessions = rowsByOwner(({ reader, now }, accountIds: readonly string[]) =>
  findSessionsOfAccounts(reader, { accountIds, now }),
);

@InputType({ description: 'Which session to end.' })
class RevokeSessionInput {
  @Field(() => ID, { description: 'The session’s id.' })
  sessionId!: string;
}

@ObjectType({ description: 'The answer of revokeSession.', simpleResolvers: true })
class RevokeSessionPayload extends Payload {
  @Field(() => ID, { nullable: true, description: 'The session that is over.' })
  revokedSessionId?: string;
}

@ObjectType({ description: 'The answer of revokeOtherSessions.', simpleResolvers: true })
class RevokeOtherSessionsPayload extends Payload {
  @Field(() => Int, { nullable: true, description: 'How many sessions are over.' })
  revokedCount?: number;
}

@Resolver(() => UserType)
export class SessionResolver {
  @Auth({ requires: 'ADMIN', orSelf: true })
  @FieldResolver(() => [SessionType], {
    nullable: true,
    description: 'Where the account is signed in, the session used last first.',
  })
  async sessions(@Root() { accountId }: UserType, @Ctx() context: Context): Promise<SessionType[]> {
    const rows = await sessions(context, { accountId });
    return rows.map((row) => toSession(row, viewerOf(context)));
  }

  @Auth()
  @Mutation(() => RevokeSessionPayload, {
    nullable: true,
    description: 'Ends one of the viewer’s sessions; its client is signed out at its next request.',
  })
  async revokeSession(
    @Arg('input', () => RevokeSessionInput, { description: 'Which session.' }) { sessionId }: RevokeSessionInput,
    @Ctx() context: Context,
  ): Promise<RevokeSessionPayload> {
    await revokeSession(context, viewerOf(context), fromGlobalId('Session', sessionId));
    return { revokedSessionId: sessionId };
  }

  @Auth()
  @Mutation(() => RevokeOtherSessionsPayload, {
    nullable: true,
    description: 'Ends all of the viewer’s sessions but this one.',
  })
  async revokeOtherSessions(@Ctx() context: Context): Promise<RevokeOtherSessionsPayload> {
    return { revokedCount: await revokeOtherSessions(context, viewerOf(context)) };
  }
}
