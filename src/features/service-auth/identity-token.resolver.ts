import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { requireSessionViewer, type Context } from '../../graphql-kit/context.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { issueIdentityToken } from './issue-identity-token.js';

@InputType({ description: 'Input of issueIdentityToken.' })
class IssueIdentityTokenInput {
  @Field(() => String, {
    description: 'The service that will accept the token: one of `POSTERN_IDENTITY_AUDIENCES`.',
  })
  audience!: string;
}

@ObjectType({ description: 'The result of issueIdentityToken.', simpleResolvers: true })
class IssueIdentityTokenPayload extends Payload {
  @Field(() => String, {
    nullable: true,
    description:
      'A JWT, valid for at most 5 minutes and never longer than the session. Verify it with `/.well-known/jwks.json`.',
  })
  token?: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the token expires.' })
  expiresAt?: Date;
}

@Resolver()
export class IdentityTokenResolver {
  @Auth()
  @Mutation(() => IssueIdentityTokenPayload, {
    nullable: true,
    description:
      'Issues a token that tells another service who the caller is. Postern itself accepts it nowhere. 60 a minute for each session, then RATE_LIMITED.',
  })
  async issueIdentityToken(
    @Arg('input', () => IssueIdentityTokenInput, { description: 'The service.' }) { audience }: IssueIdentityTokenInput,
    @Ctx() context: Context,
  ): Promise<IssueIdentityTokenPayload> {
    const { token, expiresAt } = await issueIdentityToken(context, requireSessionViewer(context), audience);
    return { token, expiresAt };
  }
}
