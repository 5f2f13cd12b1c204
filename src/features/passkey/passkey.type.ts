import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { toGlobalId } from '../../rules/global-id.js';
import { NodeType } from '../../graphql-kit/relay/node.type.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { JsonScalar } from '../../graphql-kit/scalars/json.js';
import { IssuedSessionType } from '../session/session.type.js';
import { SecondFactorInput } from '../two-factor/two-factor.type.js';
import type { PasskeyRow } from './find-passkeys.js';
import { providerName } from './provider.js';

@ObjectType('Passkey', { description: 'A passkey (WebAuthn).', implements: NodeType, simpleResolvers: true })
export class PasskeyType extends NodeType {
  @Field(() => String, { description: 'The name the owner gave the passkey.' })
  name!: string;

  @Field(() => DateTimeScalar, { description: 'When the passkey was added.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the passkey was last used. Null means never.' })
  lastUsedAt!: Date | null;

  @Field(() => Boolean, { description: 'Whether its provider synced it to other devices when it was last used.' })
  synced!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The passkey provider, e.g. “iCloud Keychain”. Null if unknown.',
  })
  provider!: string | null;

  @Field(() => String, {
    description: 'The credential ID in base64url, by which browsers know the passkey. It is no secret.',
  })
  credentialId!: string;

  @Field(() => Boolean, {
    description:
      'Whether it can sign in alone, as its browser reported when it was added, or as a sign-in has shown. Otherwise it is a second factor.',
  })
  signsIn!: boolean;
}

@InputType({ description: 'Input of startPasskeyRegistration.' })
export class StartPasskeyRegistrationInput {
  @Field(() => String, {
    nullable: true,
    description: 'The password. Required (PASSWORD_REQUIRED) unless the factor is a passkey with user verification.',
  })
  password?: string | null;

  @Field(() => SecondFactorInput, {
    nullable: true,
    description:
      'A second factor. Required if two-factor authentication is on (SECOND_FACTOR_REQUIRED), unless this session was opened with a backup code.',
  })
  factor?: SecondFactorInput | null;
}

@ObjectType({ description: 'The result of startPasskeyRegistration.', simpleResolvers: true })
export class StartPasskeyRegistrationPayload extends Payload {
  @Field(() => JsonScalar, {
    nullable: true,
    description: 'The PublicKeyCredentialCreationOptionsJSON. Valid for 5 minutes, in this session.',
  })
  options?: unknown;
}

@InputType({ description: 'Input of registerPasskey.' })
export class RegisterPasskeyInput {
  @Field(() => JsonScalar, { description: 'The RegistrationResponseJSON.' })
  response!: unknown;

  @Field(() => String, {
    nullable: true,
    description: '1 to 64 characters. If not given, the name of the provider, or “Passkey”.',
  })
  name?: string | null;
}

@ObjectType({ description: 'The result of registerPasskey.', simpleResolvers: true })
export class RegisterPasskeyPayload extends Payload {
  @Field(() => PasskeyType, { nullable: true, description: 'The new passkey.' })
  passkey?: PasskeyType;

  @Field(() => [String], {
    nullable: true,
    description: 'The backup codes. Shown only once, when this is the account’s first second factor.',
  })
  backupCodes?: readonly string[];

  @Field(() => IssuedSessionType, {
    nullable: true,
    description:
      'This session, with a new token for a bearer client or a new cookie for a browser. All other sessions are revoked if this is the account’s first second factor.',
  })
  session?: IssuedSessionType;
}

@InputType({ description: 'Input of renamePasskey.' })
export class RenamePasskeyInput {
  @Field(() => ID, { description: 'The ID of the passkey.' })
  id!: string;

  @Field(() => String, { description: 'The new name: 1 to 64 characters.' })
  name!: string;
}

@ObjectType({ description: 'The result of renamePasskey.', simpleResolvers: true })
export class RenamePasskeyPayload extends Payload {
  @Field(() => PasskeyType, { nullable: true, description: 'The renamed passkey.' })
  passkey?: PasskeyType;
}

@InputType({ description: 'Input of deletePasskey.' })
export class DeletePasskeyInput {
  @Field(() => ID, { description: 'The ID of the passkey.' })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The password. Required for the last second factor, unless the factor is a passkey with user verification.',
  })
  password?: string | null;

  @Field(() => SecondFactorInput, {
    nullable: true,
    description: 'A second factor. Required for the last second factor.',
  })
  factor?: SecondFactorInput | null;
}

@ObjectType({ description: 'The result of deletePasskey.', simpleResolvers: true })
export class DeletePasskeyPayload extends Payload {
  @Field(() => ID, { nullable: true, description: 'The ID of the deleted passkey.' })
  deletedPasskeyId?: string;

  @Field(() => IssuedSessionType, {
    nullable: true,
    description:
      'This session, with a new token for a bearer client or a new cookie for a browser. All other sessions are revoked.',
  })
  session?: IssuedSessionType;
}

@ObjectType({ description: 'The result of startPasskeyConfirmation.', simpleResolvers: true })
export class StartPasskeyConfirmationPayload extends Payload {
  @Field(() => JsonScalar, {
    nullable: true,
    description: 'The PublicKeyCredentialRequestOptionsJSON. Valid for 5 minutes, in this session.',
  })
  options?: unknown;
}

/** Maps a row to a `Passkey`. */
export const toPasskey = ({
  id,
  name,
  aaguid,
  backedUp,
  credentialId,
  signsIn,
  createdAt,
  lastUsedAt,
}: PasskeyRow): PasskeyType & { __typename: 'Passkey' } => ({
  __typename: 'Passkey',
  id: toGlobalId('Passkey', id),
  name,
  createdAt,
  lastUsedAt,
  synced: backedUp,
  provider: providerName(aaguid),
  credentialId,
  signsIn,
});
