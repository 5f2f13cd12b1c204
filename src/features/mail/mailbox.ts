import type { EntityManager } from '../../database/connection/database.js';
import type { SecurityEventType } from '../security-event/security-event.entity.js';
import type { MailRequest } from './mail-request.js';

/** An event as far as it decides whether somebody is told of it. */
export interface ToldEvent {
  readonly id: string;
  readonly type: SecurityEventType;
  readonly accountId: string | null;
}

/** Where rules put the mails that they cause. Nothing is sent in a request. */
export interface Mailbox {
  /** Whether mail is sent at all (`MAIL`). */
  readonly on: boolean;
  /** Queues a mail in the transaction of what causes it: both happen, or neither. */
  post(em: EntityManager, request: MailRequest): Promise<void>;
  /** Queues the notice that an event calls for, if it calls for one. */
  tell(em: EntityManager, event: ToldEvent): Promise<void>;
}

/** Takes mails and sends none: where mail is off, and for the command line. */
export const noMailbox: Mailbox = { on: false, post: () => Promise.resolve(), tell: () => Promise.resolve() };
