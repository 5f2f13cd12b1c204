import { AccountEntity } from '../account/account.entity.js';
import { CallKeyEntity } from '../call-key/call-key.entity.js';
import { DeletedCallKeyEntity } from '../call-key/deleted-call-key.entity.js';
import { EmailChangeEntity } from '../email/email-change.entity.js';
import { EmailVerificationEntity } from '../email/email-verification.entity.js';
import { MailDeliveryEntity } from '../mail/mail-delivery.entity.js';
import { PasswordResetEntity } from '../recovery/password-reset.entity.js';
import { ApiTokenEntity } from '../api-token/api-token.entity.js';
import { AttemptEntity } from '../attempt/attempt.entity.js';
import { RateLimitEntity } from '../attempt/rate-limit.entity.js';
import { EventSealEntity } from '../security-event/event-seal.entity.js';
import { SecurityEventEntity } from '../security-event/security-event.entity.js';
import { KnownDeviceEntity } from '../session/known-device.entity.js';
import { SessionEntity } from '../session/session.entity.js';
import { SecondFactorChallengeEntity } from '../sign-in/second-factor-challenge.entity.js';
import { SetupTokenEntity } from '../sign-up/setup-token.entity.js';
import { BackupCodeEntity } from '../two-factor/backup-code.entity.js';
import { TwoFactorEnrolmentEntity } from '../two-factor/two-factor-enrolment.entity.js';
import { TwoFactorEntity } from '../two-factor/two-factor.entity.js';
import { UsageLogEntity } from '../usage/usage-log.entity.js';
import { UsageTotalEntity } from '../usage/usage-total.entity.js';
import { ReleasedUsernameEntity } from '../username/released-username.entity.js';

/** Every table of Postern, by name: nothing is discovered by looking through folders. */
export const entities = [
  AccountEntity,
  SecurityEventEntity,
  EventSealEntity,
  MailDeliveryEntity,
  AttemptEntity,
  RateLimitEntity,
  SessionEntity,
  KnownDeviceEntity,
  ReleasedUsernameEntity,
  TwoFactorEntity,
  PasswordResetEntity,
  EmailVerificationEntity,
  EmailChangeEntity,
  ApiTokenEntity,
  CallKeyEntity,
  DeletedCallKeyEntity,
  TwoFactorEnrolmentEntity,
  BackupCodeEntity,
  SecondFactorChallengeEntity,
  SetupTokenEntity,
  UsageLogEntity,
  UsageTotalEntity,
] as const;
