import { Arg, Ctx, Field, FieldResolver, InputType, Int, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import { UserType, toUser } from '../account/user.type.js';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { requireSessionViewer, type Context } from '../../graphql-kit/context.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import { setUsageWarnings } from './set-usage-warnings.js';
import { usageWarningsLoader } from './usage-warnings.loader.js';

@InputType({ description: 'Input of setUsageWarnings.' })
class SetUsageWarningsInput {
  @Field(() => [Int], {
    description: 'At most 5 different whole percentages from 1 to 100. Empty means no warnings.',
  })
  percentages!: number[];
}

@ObjectType({ description: 'The result of setUsageWarnings.', simpleResolvers: true })
class SetUsageWarningsPayload extends Payload {
  @Field(() => UserType, { nullable: true, description: 'The updated user.' })
  user?: UserType;
}

@Resolver(() => UserType)
export class UsageWarningsResolver {
  @Auth({ requires: 'ADMIN', orSelf: true })
  @FieldResolver(() => [Int], {
    nullable: true,
    description:
      'The percentages of the quotas of call keys at which the user is warned by email, once per period. Empty means never.',
  })
  usageWarnings(@Root() { accountId }: UserType, @Ctx() context: Context): Promise<readonly number[] | null> {
    return usageWarningsLoader(context).load(accountId);
  }

  @Auth()
  @Mutation(() => SetUsageWarningsPayload, {
    nullable: true,
    description:
      'Sets the percentages at which the caller is warned of the usage of call keys. They apply to the total and the period quota of each key.',
  })
  async setUsageWarnings(
    @Arg('input', () => SetUsageWarningsInput, { description: 'The new percentages.' })
    { percentages }: SetUsageWarningsInput,
    @Ctx() context: Context,
  ): Promise<SetUsageWarningsPayload> {
    const viewer = requireSessionViewer(context);
    await setUsageWarnings(context, viewer, percentages);
    return { user: toUser(viewer.accountId, viewer) };
  }
}
