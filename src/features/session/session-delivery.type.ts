import { days } from '../../duration.js';
import type { IssuedSession } from './issue-session.js';
import type { SessionDelivery } from '../../rules/viewer.js';
import { toNewSession, type IssuedSessionType } from './session.type.js';
import { requireSessionViewer, type Context } from '../../graphql-kit/context.js';

/** How long a browser stays known. */
const DEVICE_COOKIE_MS = days(365);

/** Delivers a new session to the client as requested: as a cookie, or as a token in the response. */
export function deliverSession(
  { sessionCookie, gateCookie, deviceCookie, now }: Context,
  session: IssuedSession,
  delivery: SessionDelivery,
): IssuedSessionType {
  if (delivery === 'COOKIE') {
    const expires = session.remembered ? session.expiresAt : null;
    sessionCookie.set(session.token, expires);
    if (session.gateToken) gateCookie?.set(session.gateToken, expires);
    if (session.deviceToken) deviceCookie.set(session.deviceToken, new Date(now.getTime() + DEVICE_COOKIE_MS));
  }
  return { session: toNewSession(session), token: delivery === 'BEARER' ? session.token : null };
}

/** Delivers the viewer's new token in the same way as this request sent the old one. */
export const redeliverSession = (context: Context, session: IssuedSession): IssuedSessionType =>
  deliverSession(context, session, requireSessionViewer(context).delivery);
