import { AccountEntity } from '../../features/account/account.entity.js';
import { CallKeyEntity } from '../../features/call-key/call-key.entity.js';
import { DeletedCallKeyEntity } from '../../features/call-key/deleted-call-key.entity.js';
import { EmailChangeEntity } from '../../features/email-address/email-change.entity.js';
import { EmailVerificationEntity } from '../../features/email-address/email-verification.entity.js';
import { MailDeliveryEntity } from '../../features/mail/delivery/mail-delivery.entity.js';
import { PasswordResetEntity } from '../../features/recovery/password-reset.entity.js';
import { ApiTokenEntity } from '../../features/api-token/api-token.entity.js';
import { AttemptEntity } from '../../features/attempt/attempt.entity.js';
import { RateLimitEntity } from '../../features/attempt/rate-limit.entity.js';
import { EventSealEntity } from '../../features/security-event/event-seal.entity.js';
import { SecurityEventEntity } from '../../features/security-event/security-event.entity.js';
import { KnownDeviceEntity } from '../../features/session/known-device.entity.js';
import { KnownNetworkEntity } from '../../features/session/known-network.entity.js';
import { SessionEntity } from '../../features/session/session.entity.js';
import { SecondFactorChallengeEntity } from '../../features/sign-in/second-factor-challenge.entity.js';
import { SetupTokenEntity } from '../../features/sign-up/setup-token.entity.js';
import { BackupCodeEntity } from '../../features/two-factor/backup-code.entity.js';
import { TwoFactorEnrolmentEntity } from '../../features/two-factor/two-factor-enrolment.entity.js';
import { TwoFactorEntity } from '../../features/two-factor/two-factor.entity.js';
import { UsageLogEntity } from '../../features/usage/usage-log.entity.js';
import { UsageTotalEntity } from '../../features/usage/usage-total.entity.js';
import { KeyCanaryEntity } from '../../encryption/key-canary.entity.js';
import { ReleasedUsernameEntity } from '../../features/username/released-username.entity.js';

/** All entities. */
export const entities = [
  KeyCanaryEntity,
  AccountEntity,
  SecurityEventEntity,
  EventSealEntity,
  MailDeliveryEntity,
  AttemptEntity,
  RateLimitEntity,
  SessionEntity,
  KnownDeviceEntity,
  KnownNetworkEntity,
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
