import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { UserType } from '../account/user.type.js';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { requireSessionViewer, type Context } from '../../graphql-kit/context.js';
import { fromGlobalId } from '../../rules/global-id.js';
import { rowsByOwner } from '../../graphql-kit/relay/rows-by-owner.js';
import { redeliverSession } from '../session/session-delivery.type.js';
import { toSecondFactor } from '../two-factor/two-factor.type.js';
import type { ReplacementProof } from '../two-factor/replacement-proof.js';
import { deletePasskey } from './delete-passkey.js';
import { findPasskeysOfAccounts, findUserHandlesOfAccounts } from './find-passkeys.js';
import {
  DeletePasskeyInput,
  DeletePasskeyPayload,
  PasskeyType,
  RegisterPasskeyInput,
  RegisterPasskeyPayload,
  RenamePasskeyInput,
  RenamePasskeyPayload,
  StartPasskeyConfirmationPayload,
  StartPasskeyRegistrationInput,
  StartPasskeyRegistrationPayload,
  toPasskey,
} from './passkey.type.js';
import { registerPasskey } from './register-passkey.js';
import { renamePasskey } from './rename-passkey.js';
import { startPasskeyConfirmation } from './start-passkey-confirmation.js';
import { startPasskeyRegistration } from './start-passkey-registration.js';

const passkeys = rowsByOwner(({ reader }, accountIds: readonly string[]) =>
  findPasskeysOfAccounts(reader, { accountIds }),
);

const userHandles = rowsByOwner(({ reader }, accountIds: readonly string[]) =>
  findUserHandlesOfAccounts(reader, { accountIds }),
);

const toProof = (input: StartPasskeyRegistrationInput | null | undefined): ReplacementProof => ({
  password: input?.password ?? null,
  factor: input?.factor ? toSecondFactor(input.factor) : null,
});

@Resolver(() => UserType)
export class PasskeyResolver {
  @Auth({ requires: 'ADMIN', orSelf: true })
  @FieldResolver(() => [PasskeyType], { nullable: true, description: 'The passkeys of the account, oldest first.' })
  async passkeys(@Root() { accountId }: UserType, @Ctx() context: Context): Promise<PasskeyType[]> {
    return (await passkeys(context, { accountId })).map(toPasskey);
  }

  @Auth({ requires: 'ADMIN', orSelf: true })
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The user handle in base64url, by which browsers know the account. It is no secret. Null before a passkey is added.',
  })
  async passkeyUserId(@Root() { accountId }: UserType, @Ctx() context: Context): Promise<string | null> {
    const [row] = await userHandles(context, { accountId });
    return row?.handle ?? null;
  }

  @Auth({ stepUp: true })
  @Mutation(() => StartPasskeyRegistrationPayload, {
    nullable: true,
    description:
      'Starts the registration of a passkey. It needs the password and, while two-factor authentication is on, a second factor; a passkey with user verification stands for both.',
  })
  async startPasskeyRegistration(
    @Ctx() context: Context,
    @Arg('input', () => StartPasskeyRegistrationInput, {
      nullable: true,
      description: 'The password and, if required, a second factor.',
    })
    input?: StartPasskeyRegistrationInput | null,
  ): Promise<StartPasskeyRegistrationPayload> {
    return { options: await startPasskeyRegistration(context, requireSessionViewer(context), toProof(input)) };
  }

  @Auth()
  @Mutation(() => RegisterPasskeyPayload, {
    nullable: true,
    description:
      'Adds the passkey that the browser created. The account’s first second factor turns on two-factor authentication and returns backup codes.',
  })
  async registerPasskey(
    @Arg('input', () => RegisterPasskeyInput, { description: 'The response of the browser, and a name.' })
    { response, name }: RegisterPasskeyInput,
    @Ctx() context: Context,
  ): Promise<RegisterPasskeyPayload> {
    const { passkey, backupCodes, session } = await registerPasskey(context, requireSessionViewer(context), {
      response,
      name: name ?? null,
    });
    return {
      passkey: toPasskey(passkey),
      ...(backupCodes ? { backupCodes } : {}),
      session: redeliverSession(context, session),
    };
  }

  @Auth()
  @Mutation(() => RenamePasskeyPayload, { nullable: true, description: 'Renames a passkey of the caller.' })
  async renamePasskey(
    @Arg('input', () => RenamePasskeyInput, { description: 'The passkey and its new name.' })
    { id, name }: RenamePasskeyInput,
    @Ctx() context: Context,
  ): Promise<RenamePasskeyPayload> {
    const viewer = requireSessionViewer(context);
    return { passkey: toPasskey(await renamePasskey(context, viewer, { id: fromGlobalId('Passkey', id), name })) };
  }

  @Auth({ stepUp: true })
  @Mutation(() => DeletePasskeyPayload, {
    nullable: true,
    description:
      'Deletes a passkey of the caller. The last second factor turns off two-factor authentication and deletes the backup codes. Revokes all other sessions of the account.',
  })
  async deletePasskey(
    @Arg('input', () => DeletePasskeyInput, {
      description: 'The passkey and, for the last second factor, the password and a second factor.',
    })
    { id, ...proof }: DeletePasskeyInput,
    @Ctx() context: Context,
  ): Promise<DeletePasskeyPayload> {
    const passkey = { id: fromGlobalId('Passkey', id), ...toProof(proof) };
    const session = await deletePasskey(context, requireSessionViewer(context), passkey);
    return { deletedPasskeyId: id, session: redeliverSession(context, session) };
  }

  @Auth()
  @Mutation(() => StartPasskeyConfirmationPayload, {
    nullable: true,
    description:
      'Returns the options for a passkey as a second factor in this session, such as in confirmIdentity, which then needs no password. Refuses with PASSKEY_NOT_SET without a passkey.',
  })
  async startPasskeyConfirmation(@Ctx() context: Context): Promise<StartPasskeyConfirmationPayload> {
    return { options: await startPasskeyConfirmation(context, requireSessionViewer(context)) };
  }
}
