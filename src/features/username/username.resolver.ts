import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { UserType, toUser } from '../account/user.type.js';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { requireSessionViewer, type Context } from '../../graphql-kit/context.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import { changeUsername } from './change-username.js';

@InputType({ description: 'Input of changeUsername.' })
class ChangeUsernameInput {
  @Field(() => String, { description: 'The new username, in the form of `policy.usernamePattern`.' })
  username!: string;
}

@ObjectType({ description: 'The result of changeUsername.', simpleResolvers: true })
class ChangeUsernamePayload extends Payload {
  @Field(() => UserType, { nullable: true, description: 'The user with the new username.' })
  user?: UserType;
}

@Resolver()
export class UsernameResolver {
  @Auth({ stepUp: true })
  @Mutation(() => ChangeUsernamePayload, {
    nullable: true,
    description:
      'Changes the username, at most once every 24 hours. The old name stays reserved for the user for at least 30 days.',
  })
  async changeUsername(
    @Arg('input', () => ChangeUsernameInput, { description: 'The new username.' }) input: ChangeUsernameInput,
    @Ctx() context: Context,
  ): Promise<ChangeUsernamePayload> {
    const viewer = requireSessionViewer(context);
    const username = await changeUsername(context, viewer, input.username);
    return { user: toUser(viewer.accountId, { ...viewer, username }) };
  }
}
