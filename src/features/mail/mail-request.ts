import type { Caller } from '../security-event/caller.js';

/**
 * A mail that something calls for, as the queue keeps it: which one, and the row that it is about. It holds no secret:
 * codes and links are made when the mail is written.
 */
export type MailRequest =
  /** Something happened to an account that its owner should know of. */
  | { readonly kind: 'NOTICE'; readonly eventId: string }
  /** The code that binds an address, for the newest request of an account. */
  | { readonly kind: 'VERIFICATION_CODE'; readonly verificationId: string }
  /** An address was changed: to the former one, with the way back. */
  | { readonly kind: 'EMAIL_CHANGED'; readonly changeId: string; readonly caller: Caller }
  /** Somebody who gave this address cannot sign in any more. */
  | { readonly kind: 'PASSWORD_RESET'; readonly email: string; readonly caller: Caller }
  /**
   * An administrator sends somebody the way to a new password, or to the first one of an account that was made for them
   * at an address.
   */
  | {
      readonly kind: 'PASSWORD_LINK';
      readonly accountId: string;
      readonly authVersion: number;
      readonly invitedAt: string | null;
      readonly reason: string;
    };
