import { days } from '../../duration.js';
import type { IssuedSession } from './issue-session.js';
import type { SessionDelivery } from '../../rules/viewer.js';
import { toNewSession, type IssuedSessionType } from './session.type.js';
import { viewerOf, type Context } from '../../graphql-kit/context.js';

/** How long a browser stays known (in ms). */
const DEVICE_COOKIE_MS = days(365);

/**
 * Hands a new session to the client, in the one way that it asked for: as a cookie, or as a token in the answer.
 */
export function deliverSession(
  { cookie, deviceCookie, now }: Context,
  session: IssuedSession,
  delivery: SessionDelivery,
): IssuedSessionType {
  if (delivery === 'COOKIE') {
    cookie.set(session.token, session.remembered ? session.expiresAt : null);
    if (session.deviceToken) deviceCookie.set(session.deviceToken, new Date(now.getTime() + DEVICE_COOKIE_MS));
  }
  return { session: toNewSession(session), token: delivery === 'BEARER' ? session.token : null };
}

/** Hands the new token of the viewer's own session over in the way that this request brought the old one. */
export const redeliverSession = (context: Context, session: IssuedSession): IssuedSessionType =>
  deliverSession(context, session, viewerOf(context).delivery);
