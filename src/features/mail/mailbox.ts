import type { EntityManager } from '../../database/connection/database.js';
import type { Caller } from '../security-event/caller.js';
import type { SecurityEventType } from '../security-event/security-event.entity.js';

/**
 * A queued mail: its kind and the row that it is about. It contains no secrets, because codes and links are created
 * when the mail is composed.
 */
export type MailRequest =
  /** An event that the owner of the account is notified of. */
  | { readonly kind: 'NOTICE'; readonly eventId: string }
  /** A code to bind an address, for the newest request of an account. */
  | { readonly kind: 'VERIFICATION_CODE'; readonly verificationId: string }
  /** A change of address, sent to the previous one with a link to undo it. */
  | { readonly kind: 'EMAIL_CHANGED'; readonly changeId: string; readonly caller: Caller }
  /** A password reset that someone requested for this address. */
  | { readonly kind: 'PASSWORD_RESET'; readonly email: string; readonly caller: Caller }
  /** A password link from an administrator, to the bound address or to the address an account was created for. */
  | {
      readonly kind: 'PASSWORD_LINK';
      readonly accountId: string;
      readonly authVersion: number;
      readonly invitedAt: string | null;
      readonly reason: string;
    };

/** The fields of an event that determine its notice. */
export interface NotifiableEvent {
  readonly id: string;
  readonly type: SecurityEventType;
  readonly accountId: string | null;
}

/** Queues mails. Nothing is sent during a request. */
export interface Mailbox {
  /** Whether mail is on (`POSTERN_MAIL`). */
  readonly isEnabled: boolean;
  /** Queues a mail in the transaction that causes it, so that both commit or neither. */
  post(em: EntityManager, request: MailRequest): Promise<void>;
  /** Queues the notice of an event, if there is one. */
  notify(em: EntityManager, event: NotifiableEvent): Promise<void>;
}

/** Accepts mails and sends none, for servers with mail off and for the command line. */
export const disabledMailbox: Mailbox = {
  isEnabled: false,
  post: () => Promise.resolve(),
  notify: () => Promise.resolve(),
};
