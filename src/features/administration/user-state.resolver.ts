import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { requireSessionViewer, type Context } from '../../graphql-kit/context.js';
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
  reloadUser,
} from './administration.type.js';
import { deleteUser } from './delete-user.js';
import { restoreUser } from './restore-user.js';
import { setUserRole } from './set-user-role.js';
import { setUserStatus } from './set-user-status.js';

/** Status, role, deletion and restoration of accounts. */
@Resolver()
export class UserStateResolver {
  @Auth({ requires: 'ADMIN', stepUp: true })
  @Mutation(() => SetUserStatusPayload, {
    nullable: true,
    description: 'Disables or enables an account. All credentials of a disabled account stop working immediately.',
  })
  async setUserStatus(
    @Arg('input', () => SetUserStatusInput, { description: 'The account, its new status and the reason.' })
    input: SetUserStatusInput,
    @Ctx() context: Context,
  ): Promise<SetUserStatusPayload> {
    await setUserStatus(context, requireSessionViewer(context), { ...toAdminAction(input), status: input.status });
    return { user: await reloadUser(context, input) };
  }

  @Auth({ requires: 'ADMIN', stepUp: true })
  @Mutation(() => SetUserRolePayload, {
    nullable: true,
    description: 'Sets the role of a user, lower than the caller’s own. Revokes the user’s sessions.',
  })
  async setUserRole(
    @Arg('input', () => SetUserRoleInput, { description: 'The account, its new role and the reason.' })
    input: SetUserRoleInput,
    @Ctx() context: Context,
  ): Promise<SetUserRolePayload> {
    await setUserRole(context, requireSessionViewer(context), { ...toAdminAction(input), role: input.role });
    return { user: await reloadUser(context, input) };
  }

  @Auth({ requires: 'ADMIN', stepUp: true })
  @Mutation(() => DeleteUserPayload, {
    nullable: true,
    description:
      'Deletes an account. restoreUser can restore it for 30 days; then personal data is permanently erased.',
  })
  async deleteUser(
    @Arg('input', () => DeleteUserInput, { description: 'The account and the reason.' }) input: DeleteUserInput,
    @Ctx() context: Context,
  ): Promise<DeleteUserPayload> {
    await deleteUser(context, requireSessionViewer(context), toAdminAction(input));
    return { deletedUserId: input.userId };
  }

  @Auth({ requires: 'ADMIN', stepUp: true })
  @Mutation(() => RestoreUserPayload, {
    nullable: true,
    description: 'Restores a deleted account to its previous status.',
  })
  async restoreUser(
    @Arg('input', () => RestoreUserInput, { description: 'The account and the reason.' }) input: RestoreUserInput,
    @Ctx() context: Context,
  ): Promise<RestoreUserPayload> {
    await restoreUser(context, requireSessionViewer(context), toAdminAction(input));
    return { user: await reloadUser(context, input) };
  }
}
