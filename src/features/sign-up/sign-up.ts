import type { RuleContext } from '../../rules/context.js';
import type { SessionDelivery, Viewer } from '../../rules/viewer.js';
import { recordEvent } from '../security-event/record-event.js';
import { issueSession } from '../session/issue-session.js';
import { createAccount } from './create-account.js';

/** Who signs up, and how the session is to be. */
export interface SignUp {
  /** In its canonical form. */
  readonly username: string;
  readonly passwordHash: string;
  readonly role: 'USER' | 'ROOT';
  readonly delivery: SessionDelivery;
  /** The session that the caller had before. */
  readonly previous: Viewer | null;
  /** The event that tells of it. */
  readonly event: 'REGISTERED' | 'SETUP_COMPLETED';
}

/** Makes an account and signs its user in, in the transaction of what allows it. */
export async function signUp(context: RuleContext, { delivery, previous, event, ...credentials }: SignUp) {
  const account = await createAccount(context, { ...credentials, locale: context.locale, signsIn: true });
  const session = await issueSession(context, {
    account,
    factors: ['PASSWORD'],
    rememberMe: false,
    delivery,
    previous,
    deviceId: null,
  });
  await recordEvent(context, { type: event, accountId: account.id, sessionId: session.id });
  return { account, session };
}
