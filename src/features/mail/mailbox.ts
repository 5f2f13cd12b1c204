import type { EntityManager } from '../../database/connection/database.js';
import type { RequestOrigin } from '../../telemetry/request-record.js';
import type { Locale } from '../../text/locale.js';
import type { Caller } from '../security-event/caller.js';
import type { SecurityEventType } from '../security-event/security-event.entity.js';
import type { WebhookNoticeType } from './content/webhook-notices.js';

/** A mail that offers something for a limited time. */
export interface Expiring {
  /** When the offer expires (ISO 8601). Missing from mails of older versions. */
  readonly expiresAt?: string;
}

/**
 * A queued mail: its kind and the row that it is about. It contains no secrets, because codes and links are created
 * when the mail is composed.
 */
export type MailRequest =
  /** An event that the owner of the account is notified of. */
  | { readonly kind: 'NOTICE'; readonly eventId: string }
  /** A code to bind an address, for the newest request of an account. */
  | ({ readonly kind: 'VERIFICATION_CODE'; readonly verificationId: string } & Expiring)
  /** A change of address, sent to the previous one with a link to undo it. */
  | ({ readonly kind: 'EMAIL_CHANGED'; readonly changeId: string; readonly caller: Caller } & Expiring)
  /** A deletion that the owner asked for, with a link to cancel it. */
  | {
      readonly kind: 'ACCOUNT_DELETED';
      readonly linkId: string;
      readonly caller: Caller;
      /** When the account is erased (ISO 8601). */
      readonly expiresAt: string;
    }
  /** An access token that is in use and expires soon. */
  | { readonly kind: 'ACCESS_TOKEN_EXPIRING'; readonly accessTokenId: string }
  /** Percentages of the quotas of a call key that were used, the highest first. */
  | {
      readonly kind: 'USAGE_WARNING';
      readonly callKeyId: string;
      readonly warnings: readonly {
        readonly quota: 'TOTAL' | 'DAY' | 'WEEK' | 'MONTH';
        readonly percentage: number;
        /** When the period ends (ISO 8601), and its time zone; null for the total. */
        readonly renewsAt: string | null;
        readonly timeZone: string | null;
      }[];
    }
  /** What happened to a webhook, for one of the accounts of the role ROOT. */
  | {
      readonly kind: 'WEBHOOK_NOTICE';
      readonly type: WebhookNoticeType;
      readonly webhookId: string;
      readonly accountId: string;
      /** When it happened (ISO 8601). */
      readonly at: string;
    }
  /** A password reset that someone requested for this address. */
  | { readonly kind: 'PASSWORD_RESET'; readonly email: string; readonly caller: Caller }
  /** A password link from an administrator, to the bound address or to the address an account was created for. */
  | {
      readonly kind: 'PASSWORD_LINK';
      readonly accountId: string;
      readonly authVersion: number;
      readonly invitedAt: string | null;
      readonly reason: string;
      /** The administrator's language, for a user whose language is not known. Missing from mails of older versions. */
      readonly locale?: Locale;
    };

/** A mail request in the queue, with the request that caused it, and its trace, if there are any. */
export type QueuedMail = MailRequest & RequestOrigin;

/** The fields of an event that determine its notice. */
export interface NotifiableEvent {
  readonly id: string;
  readonly type: SecurityEventType;
  readonly accountId: string | null;
  readonly detail: string | null;
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
