import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { viewerOf, type Context } from '../../graphql-kit/context.js';
import {
  DeleteUserInput,
  DeleteUserPayload,
  RestoreUserInput,
  RestoreUserPayload,
  SetUserRoleInput,
  SetUserRolePayload,
  SetUserStatusInput,
  SetUserStatusPayload,
  toAdminAction,
  userNow,
} from './administration.type.js';
import { deleteUser } from './delete-user.js';
import { restoreUser } from './restore-user.js';
import { setUserRole } from './set-user-role.js';
import { setUserStatus } from './set-user-status.js';

/** Whether an account can be used, and what it may do. */
@Resolver()
export class UserStateResolver {
  @Auth({ requires: 'ADMIN', stepUp: true })
  @Mutation(() => SetUserStatusPayload, {
    nullable: true,
    description:
      'Disables an account, or enables it. A disabled one is refused with every credential at the next call.',
  })
  async setUserStatus(
    @Arg('input', () => SetUserStatusInput, { description: 'Whom, and what to.' }) input: SetUserStatusInput,
    @Ctx() context: Context,
  ): Promise<SetUserStatusPayload> {
    await setUserStatus(context, viewerOf(context), { ...toAdminAction(input), status: input.status });
    return { user: await userNow(context, input) };
  }

  @Auth({ requires: 'ADMIN', stepUp: true })
  @Mutation(() => SetUserRolePayload, {
    nullable: true,
    description: 'Gives somebody another role, below one’s own. Their sessions end.',
  })
  async setUserRole(
    @Arg('input', () => SetUserRoleInput, { description: 'Whom, and which role.' }) input: SetUserRoleInput,
    @Ctx() context: Context,
  ): Promise<SetUserRolePayload> {
    await setUserRole(context, viewerOf(context), { ...toAdminAction(input), role: input.role });
    return { user: await userNow(context, input) };
  }

  @Auth({ requires: 'ADMIN', stepUp: true })
  @Mutation(() => DeleteUserPayload, {
    nullable: true,
    description: 'Deletes an account. For 30 days restoreUser brings it back; then all that is personal is erased.',
  })
  async deleteUser(
    @Arg('input', () => DeleteUserInput, { description: 'Whom.' }) input: DeleteUserInput,
    @Ctx() context: Context,
  ): Promise<DeleteUserPayload> {
    await deleteUser(context, viewerOf(context), toAdminAction(input));
    return { deletedUserId: input.userId };
  }

  @Auth({ requires: 'ADMIN', stepUp: true })
  @Mutation(() => RestoreUserPayload, { nullable: true, description: 'Restores a deleted account to what it was.' })
  async restoreUser(
    @Arg('input', () => RestoreUserInput, { description: 'Whom.' }) input: RestoreUserInput,
    @Ctx() context: Context,
  ): Promise<RestoreUserPayload> {
    await restoreUser(context, viewerOf(context), toAdminAction(input));
    return { user: await userNow(context, input) };
  }
}
