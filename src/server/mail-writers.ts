import { writeEmailChanged } from '../features/email-address/write-email-changed.js';
import { writeVerificationCode } from '../features/email-address/write-verification-code.js';
import type { WriteMail } from '../features/mail/mail-writer.js';
import { writePasswordLink } from '../features/administration/write-password-link.js';
import { writeNotice } from '../features/mail/write-notice.js';
import { writePasswordReset } from '../features/recovery/write-password-reset.js';

/** Delegates each kind of mail to its feature. */
export const writeMail: WriteMail = (context, request, firstTry) => {
  switch (request.kind) {
    case 'NOTICE':
      return writeNotice(context, request.eventId, firstTry);
    case 'VERIFICATION_CODE':
      return writeVerificationCode(context, request.verificationId, firstTry);
    case 'EMAIL_CHANGED':
      return writeEmailChanged(context, request);
    case 'PASSWORD_LINK':
      return writePasswordLink(context, request);
    case 'PASSWORD_RESET':
      return writePasswordReset(context, request, firstTry);
  }
};
