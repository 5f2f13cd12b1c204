import { AccountEntity } from '../account/account.entity.js';
import { AttemptEntity } from '../attempt/attempt.entity.js';
import { RateLimitEntity } from '../attempt/rate-limit.entity.js';
import { SecurityEventEntity } from '../security-event/security-event.entity.js';
import { KnownDeviceEntity } from '../session/known-device.entity.js';
import { SessionEntity } from '../session/session.entity.js';
import { SecondFactorChallengeEntity } from '../sign-in/second-factor-challenge.entity.js';
import { SetupTokenEntity } from '../sign-up/setup-token.entity.js';
import { BackupCodeEntity } from '../two-factor/backup-code.entity.js';
import { TwoFactorEnrolmentEntity } from '../two-factor/two-factor-enrolment.entity.js';
import { TwoFactorEntity } from '../two-factor/two-factor.entity.js';
import { ReleasedUsernameEntity } from '../username/released-username.entity.js';

/** Every table of Postern, by name: nothing is discovered by looking through folders. */
export const entities = [
  AccountEntity,
  SecurityEventEntity,
  AttemptEntity,
  RateLimitEntity,
  SessionEntity,
  KnownDeviceEntity,
  ReleasedUsernameEntity,
  TwoFactorEntity,
  TwoFactorEnrolmentEntity,
  BackupCodeEntity,
  SecondFactorChallengeEntity,
  SetupTokenEntity,
] as const;
