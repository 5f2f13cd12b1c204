import { composeEmailChanged } from '../features/email-address/compose-email-changed.js';
import { composeVerificationCode } from '../features/email-address/compose-verification-code.js';
import type { ComposeMail } from '../features/mail/mail-composer.js';
import { composePasswordLink } from '../features/administration/compose-password-link.js';
import { composeNotice } from '../features/mail/compose-notice.js';
import { composePasswordReset } from '../features/recovery/compose-password-reset.js';

/** Delegates each kind of mail to its feature. */
export const composeMail: ComposeMail = (context, request, isFirstTry) => {
  switch (request.kind) {
    case 'NOTICE':
      return composeNotice(context, request.eventId, isFirstTry);
    case 'VERIFICATION_CODE':
      return composeVerificationCode(context, request.verificationId, isFirstTry);
    case 'EMAIL_CHANGED':
      return composeEmailChanged(context, request);
    case 'PASSWORD_LINK':
      return composePasswordLink(context, request);
    case 'PASSWORD_RESET':
      return composePasswordReset(context, request, isFirstTry);
  }
};
