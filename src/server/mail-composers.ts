import { composeTokenReminder } from '../features/access-token/compose-token-reminder.js';
import { composeAccountDeleted } from '../features/account-closure/compose-account-deleted.js';
import { composeEmailChanged } from '../features/email-address/compose-email-changed.js';
import { composeVerificationCode } from '../features/email-address/compose-verification-code.js';
import type { ComposeMail } from '../features/mail/mail-composer.js';
import { composePasswordLink } from '../features/administration/compose-password-link.js';
import { composeNotice } from '../features/mail/compose-notice.js';
import { composeWebhookNotice } from '../features/webhook/compose-webhook-notice.js';
import { composePasswordReset } from '../features/recovery/compose-password-reset.js';
import { composeUsageWarning } from '../features/usage/compose-usage-warning.js';

/** Delegates each kind of mail to its feature. */
export const composeMail: ComposeMail = (context, request, isFirstTry) => {
  switch (request.kind) {
    case 'NOTICE':
      return composeNotice(context, request.eventId, isFirstTry);
    case 'VERIFICATION_CODE':
      return composeVerificationCode(context, request, isFirstTry);
    case 'EMAIL_CHANGED':
      return composeEmailChanged(context, request);
    case 'ACCOUNT_DELETED':
      return composeAccountDeleted(context, request);
    case 'ACCESS_TOKEN_EXPIRING':
      return composeTokenReminder(context, request);
    case 'USAGE_WARNING':
      return composeUsageWarning(context, request, isFirstTry);
    case 'WEBHOOK_NOTICE':
      return composeWebhookNotice(context, request);
    case 'PASSWORD_LINK':
      return composePasswordLink(context, request);
    case 'PASSWORD_RESET':
      return composePasswordReset(context, request, isFirstTry);
  }
};
