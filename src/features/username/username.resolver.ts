import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { UserType, toUser } from '../account/user.type.js';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { viewerOf, type Context } from '../../graphql-kit/context.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import { changeUsername } from './change-username.js';

@InputType({ description: 'A new username.' })
class ChangeUsernameInput {
  @Field(() => String, { description: 'The new name; `policy.usernamePattern` tells its form.' })
  username!: string;
}

@ObjectType({ description: 'The answer of changeUsername.', simpleResolvers: true })
class ChangeUsernamePayload extends Payload {
  @Field(() => UserType, { nullable: true, description: 'The person, with the new name.' })
  user?: UserType;
}

@Resolver()
export class UsernameResolver {
  @Auth({ stepUp: true })
  @Mutation(() => ChangeUsernamePayload, {
    nullable: true,
    description:
      'Changes the username, once a day at the most. The old name stays reserved for the person for 30 days.',
  })
  async changeUsername(
    @Arg('input', () => ChangeUsernameInput, { description: 'The new name.' }) input: ChangeUsernameInput,
    @Ctx() context: Context,
  ): Promise<ChangeUsernamePayload> {
    const viewer = viewerOf(context);
    const username = await changeUsername(context, viewer, input.username);
    return { user: toUser(viewer.accountId, { ...viewer, username }) };
  }
}
