import { AccountDeletionLinkEntity } from '../../features/account/account-deletion-link.entity.js';
import { AccountEntity } from '../../features/account/account.entity.js';
import { CallKeyEntity } from '../../features/call-key/call-key.entity.js';
import { DeletedCallKeyEntity } from '../../features/call-key/deleted-call-key.entity.js';
import { EmailChangeEntity } from '../../features/email-address/email-change.entity.js';
import { EmailVerificationEntity } from '../../features/email-address/email-verification.entity.js';
import { MailDeliveryEntity } from '../../features/mail/delivery/mail-delivery.entity.js';
import { PasskeyChallengeEntity } from '../../features/passkey/passkey-challenge.entity.js';
import { PasskeyUserEntity } from '../../features/passkey/passkey-user.entity.js';
import { PasskeyEntity } from '../../features/passkey/passkey.entity.js';
import { PasswordResetEntity } from '../../features/recovery/password-reset.entity.js';
import { AccessTokenEntity } from '../../features/access-token/access-token.entity.js';
import { ApiTokenEntity } from '../../features/api-token/api-token.entity.js';
import { AttemptEntity } from '../../features/attempt/attempt.entity.js';
import { RateLimitEntity } from '../../features/attempt/rate-limit.entity.js';
import { EventSealEntity } from '../../features/security-event/event-seal.entity.js';
import { EventAnchorEntity } from '../../features/security-event/retention/event-anchor.entity.js';
import { EventStreamEntity } from '../../features/security-event/syslog/event-stream.entity.js';
import { SecurityEventEntity } from '../../features/security-event/security-event.entity.js';
import { TrustedBrowserEntity } from '../../features/trusted-browser/trusted-browser.entity.js';
import { KnownDeviceEntity } from '../../features/session/known-device.entity.js';
import { KnownNetworkEntity } from '../../features/session/known-network.entity.js';
import { IdentityTokenUseEntity } from '../../features/service-auth/identity-token-use.entity.js';
import { SigningKeyEntity } from '../../features/service-auth/signing-key.entity.js';
import { SessionEntity } from '../../features/session/session.entity.js';
import { SecondFactorChallengeEntity } from '../../features/sign-in/second-factor-challenge.entity.js';
import { SetupTokenEntity } from '../../features/sign-up/setup-token.entity.js';
import { BackupCodeEntity } from '../../features/two-factor/backup-code.entity.js';
import { TwoFactorEnrolmentEntity } from '../../features/two-factor/two-factor-enrolment.entity.js';
import { TwoFactorEntity } from '../../features/two-factor/two-factor.entity.js';
import { UsageLogEntity } from '../../features/usage/usage-log.entity.js';
import { UsageTotalEntity } from '../../features/usage/usage-total.entity.js';
import { KeyCanaryEntity } from '../../encryption/key-canary.entity.js';
import { RetiredUsernameEntity, RetiredUsernameKeyEntity } from '../../features/username/retired-username.entity.js';
import { WebhookDeliveryEntity } from '../../features/webhook/webhook-delivery.entity.js';
import { WebhookSecretEntity } from '../../features/webhook/webhook-secret.entity.js';
import { WebhookEntity } from '../../features/webhook/webhook.entity.js';
import { ReleasedUsernameEntity } from '../../features/username/released-username.entity.js';

/** All entities. */
export const entities = [
  KeyCanaryEntity,
  AccountEntity,
  AccountDeletionLinkEntity,
  SecurityEventEntity,
  EventSealEntity,
  EventAnchorEntity,
  EventStreamEntity,
  MailDeliveryEntity,
  AttemptEntity,
  RateLimitEntity,
  SessionEntity,
  KnownDeviceEntity,
  TrustedBrowserEntity,
  KnownNetworkEntity,
  ReleasedUsernameEntity,
  RetiredUsernameEntity,
  RetiredUsernameKeyEntity,
  TwoFactorEntity,
  PasskeyEntity,
  PasskeyUserEntity,
  PasskeyChallengeEntity,
  PasswordResetEntity,
  EmailVerificationEntity,
  EmailChangeEntity,
  ApiTokenEntity,
  AccessTokenEntity,
  SigningKeyEntity,
  IdentityTokenUseEntity,
  WebhookEntity,
  WebhookSecretEntity,
  WebhookDeliveryEntity,
  CallKeyEntity,
  DeletedCallKeyEntity,
  TwoFactorEnrolmentEntity,
  BackupCodeEntity,
  SecondFactorChallengeEntity,
  SetupTokenEntity,
  UsageLogEntity,
  UsageTotalEntity,
] as const;
