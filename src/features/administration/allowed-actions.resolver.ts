import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { UserType } from '../account/user.type.js';
import { Auth } from '../../graphql-kit/auth-directive.js';
import type { Context } from '../../graphql-kit/context.js';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import type { AccountAction } from './account-actions.js';
import { allowedActionsLoader } from './allowed-actions.loader.js';

const AccountActionEnum = graphqlEnum<AccountAction>('AccountAction', 'What an administrator can do to an account.', {
  SET_STATUS: 'Disable or enable it with `setUserStatus`.',
  SET_ROLE: 'Give it another role with `setUserRole`.',
  RESET_TWO_FACTOR: 'Turn off two-factor authentication with `resetUserTwoFactor`.',
  SEND_PASSWORD_RESET: 'Send or create a password link with `sendUserPasswordReset`.',
  REVOKE_SESSIONS: 'Revoke sessions with `revokeUserSessions`.',
  RESET_SERVICE_TOKEN: 'Reset the token of a service account with `resetServiceToken`.',
  DELETE: 'Delete it with `deleteUser`.',
  RESTORE: 'Restore it with `restoreUser`.',
});

@Resolver(() => UserType)
export class AllowedActionsResolver {
  @Auth({ requires: 'ADMIN' })
  @FieldResolver(() => [AccountActionEnum], {
    nullable: true,
    description:
      'What the caller may do to this account now, so that clients need not know how roles rank. An action is listed if its mutation would accept it, apart from rate limits. Empty for the caller’s own account.',
  })
  allowedActions(@Root() { accountId }: UserType, @Ctx() context: Context): Promise<AccountAction[]> {
    return allowedActionsLoader(context).load(accountId);
  }
}
