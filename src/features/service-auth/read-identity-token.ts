import { inSeconds, seconds } from '../../duration.js';
import { verifyToken } from '../../crypto/signed-token.js';
import type { RuleContext } from '../../rules/context.js';
import { fromGlobalId } from '../../rules/global-id.js';
import { acceptedSigningPairs, TOKEN_LIFETIME_MS } from './signing-keys.js';

/** What a genuine identity token says. Whether its session still lives is another question. */
export interface ReadIdentityToken {
  readonly accountId: string;
  readonly sessionId: string;
  readonly audience: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/**
 * Reads an identity token of this server, for introspection. It is no credential anywhere.
 *
 * @returns null if it is wrong, expired, signed by an unknown or ended key, or for an audience that is not configured
 */
export async function readIdentityToken(
  context: Pick<RuleContext, 'em' | 'reader' | 'keys' | 'now' | 'config'>,
  token: string,
): Promise<ReadIdentityToken | null> {
  const { publicUrl: issuer, identityAudiences } = context.config;
  if (identityAudiences.size === 0) return null;
  const requiredClaims = ['aud', 'sub', 'sid', 'iat', 'exp'];
  const keys = await acceptedSigningPairs(context);
  const claims = await verifyToken(token, { keys, issuer, requiredClaims, now: context.now });
  if (!claims) return null;
  const { aud, sub, sid, iat = 0, exp = 0 } = claims;
  const accountId = fromGlobalId('User', String(sub));
  const sessionId = fromGlobalId('Session', String(sid));
  const isOfAudience = typeof aud === 'string' && identityAudiences.has(aud);
  if (!isOfAudience || accountId === null || sessionId === null || exp - iat > inSeconds(TOKEN_LIFETIME_MS))
    return null;
  return { accountId, sessionId, audience: aud, issuedAt: new Date(seconds(iat)), expiresAt: new Date(seconds(exp)) };
}
