import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { UserType } from '../account/user.type.js';
import type { QrFormat } from '../../crypto/qr-code.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { JsonScalar } from '../../graphql-kit/scalars/json.js';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import { FactorEnum, IssuedSessionType } from '../session/session.type.js';
import type { Factor } from '../session/session.entity.js';
import { usableKinds, type TwoFactorRow } from './find-two-factor.js';
import type { SecondFactor } from './second-factor.js';

export const QrFormatEnum = graphqlEnum<QrFormat>('QrFormat', 'The image format of a QR code.', {
  SVG: 'A vector image, sharp at any size.',
  PNG: 'A bitmap image, for clients that can’t show SVG.',
});

@ObjectType('TwoFactor', { description: 'Two-factor authentication of an account.', simpleResolvers: true })
export class TwoFactorType {
  @Field(() => Boolean, { description: 'Whether signing in requires a second factor.' })
  enabled!: boolean;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was turned on or the app was replaced. Null if it is off.',
  })
  enabledAt!: Date | null;

  @Field(() => Int, { description: 'The number of unused backup codes.' })
  backupCodesLeft!: number;

  @Field(() => [FactorEnum], {
    description: 'The second factors that a sign-in with a password accepts. The one used last comes first.',
  })
  factors!: Factor[];
}

@ObjectType('TwoFactorEnrolment', {
  description: 'A new authenticator app that awaits its first code. Its secret is shown only once.',
  simpleResolvers: true,
})
export class TwoFactorEnrolmentType {
  @Field(() => String, { description: 'The setup key, for manual entry.' })
  secret!: string;

  @Field(() => String, { description: 'The URI that the QR code contains.' })
  otpauthUri!: string;

  @Field(() => DateTimeScalar, { description: 'When the setup expires. confirmTwoFactor rejects codes after that.' })
  expiresAt!: Date;
}

/** Exactly one field is required; see one-of-inputs.ts. */
@InputType({ description: 'A second factor: exactly one of totpCode, backupCode and passkey.' })
export class SecondFactorInput {
  @Field(() => String, { nullable: true, description: 'The six-digit code from the authenticator app.' })
  totpCode?: string | null;

  @Field(() => String, { nullable: true, description: 'A backup code. It works once.' })
  backupCode?: string | null;

  @Field(() => JsonScalar, { nullable: true, description: 'The AuthenticationResponseJSON of a passkey.' })
  passkey?: unknown;
}

/** Maps an input to its second factor. */
export function toSecondFactor({ totpCode, backupCode, passkey }: SecondFactorInput): SecondFactor {
  if (typeof totpCode === 'string') return { kind: 'TOTP', code: totpCode };
  if (typeof backupCode === 'string') return { kind: 'BACKUP_CODE', code: backupCode };
  return { kind: 'PASSKEY', code: '', response: passkey };
}

@InputType({ description: 'Input of confirmTwoFactor.' })
export class ConfirmTwoFactorInput {
  @Field(() => String, { description: 'The six-digit code from the app.' })
  code!: string;
}

@InputType({ description: 'Input of disableTwoFactor.' })
export class DisableTwoFactorInput {
  @Field(() => SecondFactorInput, { description: 'A new second factor.' })
  factor!: SecondFactorInput;

  @Field(() => String, {
    nullable: true,
    description:
      'The password. Required if the step-up window is closed (PASSWORD_REQUIRED), unless the factor is a passkey with user verification.',
  })
  password?: string | null;
}

@InputType({ description: 'Input of enableTwoFactor. Not needed while two-factor authentication is off.' })
export class EnableTwoFactorInput {
  @Field(() => String, {
    nullable: true,
    description:
      'The password. Required if two-factor authentication is on (PASSWORD_REQUIRED), unless the factor is a passkey with user verification.',
  })
  password?: string | null;

  @Field(() => SecondFactorInput, {
    nullable: true,
    description:
      'A second factor. Required if two-factor authentication is on (SECOND_FACTOR_REQUIRED), unless this session was opened with a backup code.',
  })
  factor?: SecondFactorInput | null;
}

@InputType({ description: 'Input of regenerateBackupCodes: exactly one of code and factor.' })
export class RegenerateBackupCodesInput {
  @Field(() => String, { nullable: true, description: 'The six-digit code from the authenticator app.' })
  code?: string | null;

  @Field(() => SecondFactorInput, { nullable: true, description: 'A second factor, instead of the code.' })
  factor?: SecondFactorInput | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The password. Required if the step-up window is closed (PASSWORD_REQUIRED), unless the factor is a passkey with user verification.',
  })
  password?: string | null;
}

@ObjectType({ description: 'The result of enableTwoFactor.', simpleResolvers: true })
export class EnableTwoFactorPayload extends Payload {
  @Field(() => TwoFactorEnrolmentType, {
    nullable: true,
    description: 'The setup data for the authenticator app. Nothing has changed yet.',
  })
  enrolment?: TwoFactorEnrolmentType;
}

@ObjectType({ description: 'The result of confirmTwoFactor.', simpleResolvers: true })
export class ConfirmTwoFactorPayload extends Payload {
  @Field(() => UserType, { nullable: true, description: 'The user.' })
  user?: UserType;

  @Field(() => [String], { nullable: true, description: 'The backup codes. Shown only once.' })
  backupCodes?: readonly string[];

  @Field(() => IssuedSessionType, {
    nullable: true,
    description:
      'This session, with a new token for a bearer client or a new cookie for a browser. All other sessions are revoked.',
  })
  session?: IssuedSessionType;
}

@ObjectType({ description: 'The result of disableTwoFactor.', simpleResolvers: true })
export class DisableTwoFactorPayload extends Payload {
  @Field(() => UserType, { nullable: true, description: 'The user.' })
  user?: UserType;

  @Field(() => IssuedSessionType, {
    nullable: true,
    description:
      'This session, with a new token for a bearer client or a new cookie for a browser. All other sessions are revoked.',
  })
  session?: IssuedSessionType;
}

@ObjectType({ description: 'The result of regenerateBackupCodes.', simpleResolvers: true })
export class RegenerateBackupCodesPayload extends Payload {
  @Field(() => [String], {
    nullable: true,
    description: 'The new backup codes. Shown only once; old codes stop working.',
  })
  backupCodes?: readonly string[];
}

/** Maps a row to a `TwoFactor`; null means that it is off. */
export const toTwoFactor = (row: TwoFactorRow | null): TwoFactorType => ({
  enabled: row !== null,
  enabledAt: row?.enabledAt ?? null,
  backupCodesLeft: row?.backupCodesLeft ?? 0,
  factors: row ? usableKinds(row) : [],
});
