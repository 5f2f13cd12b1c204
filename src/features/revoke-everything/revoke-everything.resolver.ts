import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { requireSessionViewer, type Context } from '../../graphql-kit/context.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import { redeliverSession } from '../session/session-delivery.type.js';
import { IssuedSessionType } from '../session/session.type.js';
import { revokeEverything } from './revoke-everything.js';

@InputType({ description: 'Input of revokeEverything.' })
class RevokeEverythingInput {
  @Field(() => Boolean, { defaultValue: false, description: 'Whether to disable all call keys too.' })
  callKeys!: boolean;
}

@ObjectType({ description: 'The result of revokeEverything.', simpleResolvers: true })
class RevokeEverythingPayload extends Payload {
  @Field(() => Int, { nullable: true, description: 'How many other sessions ended.' })
  sessions?: number;

  @Field(() => Int, { nullable: true, description: 'How many access tokens ended.' })
  accessTokens?: number;

  @Field(() => Int, { nullable: true, description: 'How many call keys were disabled; 0 if not asked for.' })
  callKeys?: number;

  @Field(() => IssuedSessionType, {
    nullable: true,
    description: 'This session, with a new token for a bearer client or a new cookie for a browser.',
  })
  session?: IssuedSessionType;
}

@Resolver()
export class RevokeEverythingResolver {
  @Auth({ stepUp: true })
  @Mutation(() => RevokeEverythingPayload, {
    nullable: true,
    description:
      'Ends all other sessions, challenges, password-reset links, mailed codes, known and trusted browsers, the API Token and access tokens. Disables call keys if asked, and mails the owner. This session continues with a new token. The way back of an address change stays.',
  })
  async revokeEverything(
    @Arg('input', () => RevokeEverythingInput, { description: 'Whether call keys are disabled too.' })
    input: RevokeEverythingInput,
    @Ctx() context: Context,
  ): Promise<RevokeEverythingPayload> {
    const { session, ...revoked } = await revokeEverything(context, requireSessionViewer(context), input);
    return { ...revoked, session: redeliverSession(context, session) };
  }
}
