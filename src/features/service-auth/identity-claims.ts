import { inSeconds } from '../../duration.js';
import type { RuleContext } from '../../rules/context.js';
import { toGlobalId } from '../../rules/global-id.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { authenticatedAt } from '../session/authenticated-at.js';
import { authenticationMethods } from './authentication-methods.js';
import { effectiveRole } from './effective-role.js';

/** The client that every identity token was issued to (RFC 9068, section 2.2). */
const CLIENT_ID = 'postern';

/** A time as JWTs write it: in whole seconds since 1970, rounded down. */
export const toNumericDate = (time: Date): number => Math.floor(inSeconds(time.getTime()));

/** Everything that an identity token says about a user, without its own times and ID. */
export type IdentityClaims = ReturnType<typeof identityClaims>;

/**
 * The claims about the user of a session (RFC 9068, R-121). Username and email address are only for audiences that are
 * configured for them; the IDs are those of the API.
 */
export function identityClaims({ config }: Pick<RuleContext, 'config'>, viewer: SessionViewer, audience: string) {
  const discloses = config.identityAudiences.get(audience);
  return {
    iss: config.publicUrl,
    aud: audience,
    sub: toGlobalId('User', viewer.accountId),
    client_id: CLIENT_ID,
    sid: toGlobalId('Session', viewer.sessionId),
    auth_time: toNumericDate(authenticatedAt(viewer)),
    amr: authenticationMethods(viewer),
    role: effectiveRole(viewer, config),
    ...(discloses?.email && viewer.email !== null ? { email: viewer.email, email_verified: true } : {}),
    ...(discloses?.username ? { preferred_username: viewer.username } : {}),
  };
}
