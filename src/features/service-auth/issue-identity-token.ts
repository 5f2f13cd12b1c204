import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { identityClaims } from './identity-claims.js';
import { newIdentityToken, type IdentityToken } from './identity-token.js';
import { recordIdentityToken } from './record-identity-token.js';

/**
 * Issues an identity token to the client of a session, for one of IDENTITY_AUDIENCES. The first for a session and
 * audience is recorded.
 *
 * @throws {RateLimitedError} after 60 tokens a minute in one session
 */
export async function issueIdentityToken(
  context: RuleContext,
  viewer: SessionViewer,
  audience: string,
): Promise<IdentityToken> {
  if (!context.config.identityAudiences.has(audience)) refuse('AUDIENCE_UNKNOWN', 'audience');
  await context.rateLimits.takeQuota('identityTokensPerSession', viewer.sessionId);
  const token = await newIdentityToken(context, viewer, identityClaims(context, viewer, audience));
  // The session is verified again in the transaction, so a concurrent sign-out gets no token (D-1).
  await transaction(context, viewer, (context) => recordIdentityToken(context, viewer, audience));
  return token;
}
