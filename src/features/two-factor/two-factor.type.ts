import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { UserType } from '../account/user.type.js';
import type { QrFormat } from '../../crypto/qr-code.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import { IssuedSessionType } from '../session/session.type.js';
import type { TwoFactorRow } from './find-two-factor.js';
import type { SecondFactor } from './second-factor.js';

export const QrFormatEnum = graphqlEnum<QrFormat>('QrFormat', 'How a QR code is drawn.', {
  SVG: 'Sharp at any size.',
  PNG: 'For what shows no SVG.',
});

@ObjectType('TwoFactor', { description: 'Two-factor authentication of an account.', simpleResolvers: true })
export class TwoFactorType {
  @Field(() => Boolean, { description: 'Whether signing in takes a second factor.' })
  enabled!: boolean;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was turned on, or the app replaced; null while it is off.',
  })
  enabledAt!: Date | null;

  @Field(() => Int, { description: 'How many backup codes are unused.' })
  backupCodesLeft!: number;
}

@ObjectType('TwoFactorEnrolment', {
  description: 'A new authenticator app that waits for its first code. This is the only time that its secret is told.',
  simpleResolvers: true,
})
export class TwoFactorEnrolmentType {
  @Field(() => String, { description: 'The setup key, for typing in by hand.' })
  secret!: string;

  @Field(() => String, { description: 'What an app reads from the QR code.' })
  otpauthUri!: string;

  @Field(() => DateTimeScalar, { description: 'Until when confirmTwoFactor takes its code.' })
  expiresAt!: Date;
}

/** Exactly one of its fields is given: see one-of-inputs.ts. */
@InputType({ description: 'A second factor: exactly one of totpCode and backupCode.' })
export class SecondFactorInput {
  @Field(() => String, { nullable: true, description: 'The six digits that the authenticator app shows.' })
  totpCode?: string | null;

  @Field(() => String, { nullable: true, description: 'One of the backup codes; it works once.' })
  backupCode?: string | null;
}

/** The factor that an input holds. */
export const toSecondFactor = ({ totpCode, backupCode }: SecondFactorInput): SecondFactor =>
  typeof totpCode === 'string' ? { kind: 'TOTP', code: totpCode } : { kind: 'BACKUP_CODE', code: backupCode ?? '' };

@InputType({ description: 'The first code of a new authenticator app.' })
export class ConfirmTwoFactorInput {
  @Field(() => String, { description: 'The six digits that the app shows.' })
  code!: string;
}

@InputType({ description: 'The proof that it is the person who turns two-factor authentication off.' })
export class DisableTwoFactorInput {
  @Field(() => SecondFactorInput, { description: 'A fresh second factor.' })
  factor!: SecondFactorInput;

  @Field(() => String, {
    nullable: true,
    description: 'The password: needed when the step-up window is closed (PASSWORD_REQUIRED).',
  })
  password?: string | null;
}

@InputType({ description: 'The proof that it is the person who wants new backup codes.' })
export class RegenerateBackupCodesInput {
  @Field(() => String, { description: 'The six digits that the authenticator app shows.' })
  code!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The password: needed when the step-up window is closed (PASSWORD_REQUIRED).',
  })
  password?: string | null;
}

@ObjectType({ description: 'The answer of enableTwoFactor.', simpleResolvers: true })
export class EnableTwoFactorPayload extends Payload {
  @Field(() => TwoFactorEnrolmentType, {
    nullable: true,
    description: 'What the authenticator app needs. Nothing has changed yet.',
  })
  enrolment?: TwoFactorEnrolmentType;
}

@ObjectType({ description: 'The answer of confirmTwoFactor.', simpleResolvers: true })
export class ConfirmTwoFactorPayload extends Payload {
  @Field(() => UserType, { nullable: true, description: 'The person.' })
  user?: UserType;

  @Field(() => [String], { nullable: true, description: 'The backup codes, shown this once.' })
  backupCodes?: readonly string[];

  @Field(() => IssuedSessionType, {
    nullable: true,
    description:
      'This session, with a fresh token for a bearer client; a browser gets a fresh cookie. All others are over.',
  })
  session?: IssuedSessionType;
}

@ObjectType({ description: 'The answer of disableTwoFactor.', simpleResolvers: true })
export class DisableTwoFactorPayload extends Payload {
  @Field(() => UserType, { nullable: true, description: 'The person.' })
  user?: UserType;

  @Field(() => IssuedSessionType, {
    nullable: true,
    description:
      'This session, with a fresh token for a bearer client; a browser gets a fresh cookie. All others are over.',
  })
  session?: IssuedSessionType;
}

@ObjectType({ description: 'The answer of regenerateBackupCodes.', simpleResolvers: true })
export class RegenerateBackupCodesPayload extends Payload {
  @Field(() => [String], {
    nullable: true,
    description: 'The new backup codes, shown this once; no older one works any more.',
  })
  backupCodes?: readonly string[];
}

/** The `TwoFactor` of a row; of none where it is off. */
export const toTwoFactor = (row: TwoFactorRow | null): TwoFactorType => ({
  enabled: row !== null,
  enabledAt: row?.enabledAt ?? null,
  backupCodesLeft: row?.backupCodesLeft ?? 0,
});
