import type { RuleContext } from '../../rules/context.js';
import type { SessionDelivery, SessionViewer } from '../../rules/viewer.js';
import { recordEvent } from '../security-event/record-event.js';
import { issueSession } from '../session/issue-session.js';
import { createAccount } from './create-account.js';

/** The new account, and the session to create. */
export interface SignUp {
  /** In canonical form. */
  readonly username: string;
  readonly passwordHash: string;
  readonly role: 'USER' | 'ROOT';
  readonly delivery: SessionDelivery;
  /** The caller's previous session. */
  readonly previous: SessionViewer | null;
  /** The event to record. */
  readonly event: 'REGISTERED' | 'SETUP_COMPLETED';
}

/** Creates an account and signs its user in, in the caller's transaction. */
export async function signUp(context: RuleContext, { delivery, previous, event, ...credentials }: SignUp) {
  const account = await createAccount(context, { ...credentials, locale: context.locale, signsIn: true });
  const session = await issueSession(context, {
    account,
    factors: ['PASSWORD'],
    methods: ['pwd'],
    rememberMe: false,
    delivery,
    previous,
    deviceId: null,
  });
  await recordEvent(context, { type: event, accountId: account.id, sessionId: session.id });
  return { account, session };
}
