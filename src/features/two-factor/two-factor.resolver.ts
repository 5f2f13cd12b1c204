import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { UserType, toUser } from '../account/user.type.js';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { requireSessionViewer, type Context } from '../../graphql-kit/context.js';
import { redeliverSession } from '../session/session-delivery.type.js';
import { confirmTwoFactor } from './confirm-two-factor.js';
import { disableTwoFactor } from './disable-two-factor.js';
import { enableTwoFactor } from './enable-two-factor.js';
import { regenerateBackupCodes } from './regenerate-backup-codes.js';
import { twoFactorLoader } from './two-factor.loader.js';
import {
  ConfirmTwoFactorInput,
  ConfirmTwoFactorPayload,
  DisableTwoFactorInput,
  DisableTwoFactorPayload,
  EnableTwoFactorInput,
  EnableTwoFactorPayload,
  RegenerateBackupCodesInput,
  RegenerateBackupCodesPayload,
  TwoFactorType,
  toSecondFactor,
  toTwoFactor,
} from './two-factor.type.js';

@Resolver(() => UserType)
export class TwoFactorResolver {
  @Auth({
    requires: 'ADMIN',
    accepts: ['SESSION', 'API_TOKEN'],
    orSelf: true,
    scope: 'ACCOUNT_READ',
    adminScope: 'USERS_READ',
  })
  @FieldResolver(() => TwoFactorType, { nullable: true, description: 'Two-factor authentication of the account.' })
  async twoFactor(@Root() user: UserType, @Ctx() context: Context): Promise<TwoFactorType> {
    return toTwoFactor(await twoFactorLoader(context).load(user.accountId));
  }

  @Auth({ stepUp: true })
  @Mutation(() => EnableTwoFactorPayload, {
    nullable: true,
    description:
      'Starts or restarts the setup of two-factor authentication, or of a new app if it is on. confirmTwoFactor completes it.',
  })
  async enableTwoFactor(
    @Ctx() context: Context,
    @Arg('input', () => EnableTwoFactorInput, {
      nullable: true,
      description: 'The password and a second factor. Required to replace the app.',
    })
    input?: EnableTwoFactorInput | null,
  ): Promise<EnableTwoFactorPayload> {
    const enrolment = await enableTwoFactor(context, requireSessionViewer(context), {
      password: input?.password ?? null,
      factor: input?.factor ? toSecondFactor(input.factor) : null,
    });
    return { enrolment };
  }

  @Auth()
  @Mutation(() => ConfirmTwoFactorPayload, {
    nullable: true,
    description:
      'Turns on two-factor authentication with the first code of the new app, and returns backup codes. An account with a passkey and no app keeps its backup codes. Revokes all other sessions of the account.',
  })
  async confirmTwoFactor(
    @Arg('input', () => ConfirmTwoFactorInput, { description: 'The code.' }) { code }: ConfirmTwoFactorInput,
    @Ctx() context: Context,
  ): Promise<ConfirmTwoFactorPayload> {
    const viewer = requireSessionViewer(context);
    const { session, backupCodes } = await confirmTwoFactor(context, viewer, code);
    return {
      user: toUser(viewer.accountId, viewer),
      ...(backupCodes ? { backupCodes } : {}),
      session: redeliverSession(context, session),
    };
  }

  @Auth()
  @Mutation(() => DisableTwoFactorPayload, {
    nullable: true,
    description:
      'Removes the authenticator app. This turns off two-factor authentication and deletes the backup codes, unless the account has a passkey. Revokes all other sessions of the account.',
  })
  async disableTwoFactor(
    @Arg('input', () => DisableTwoFactorInput, { description: 'The second factor and, if required, the password.' })
    { factor, password }: DisableTwoFactorInput,
    @Ctx() context: Context,
  ): Promise<DisableTwoFactorPayload> {
    const viewer = requireSessionViewer(context);
    const session = await disableTwoFactor(context, viewer, {
      factor: toSecondFactor(factor),
      password: password ?? null,
    });
    return { user: toUser(viewer.accountId, viewer), session: redeliverSession(context, session) };
  }

  @Auth()
  @Mutation(() => RegenerateBackupCodesPayload, {
    nullable: true,
    description: 'Generates new backup codes. Old codes stop working.',
  })
  async regenerateBackupCodes(
    @Arg('input', () => RegenerateBackupCodesInput, {
      description: 'The authenticator code or another second factor and, if required, the password.',
    })
    { code, factor, password }: RegenerateBackupCodesInput,
    @Ctx() context: Context,
  ): Promise<RegenerateBackupCodesPayload> {
    return {
      backupCodes: await regenerateBackupCodes(context, requireSessionViewer(context), {
        code: code ?? null,
        factor: factor ? toSecondFactor(factor) : null,
        password: password ?? null,
      }),
    };
  }
}
