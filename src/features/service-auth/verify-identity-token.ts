import type { RuleContext } from '../../rules/context.js';
import { findViewerBySessionId } from '../session/find-viewer-by-session.js';
import { readIdentityToken } from './read-identity-token.js';
import { toSignIn, type Owner, type SignIn } from './verify-credential.js';

/** An identity token whose session lives. Role and sign-in are those of the session now. */
export interface VerifiedIdentityToken extends Owner, SignIn {
  readonly kind: 'IDENTITY_TOKEN';
  readonly audience: string;
  readonly expiresAt: Date;
}

/** Whether a text has the form of a signed JWT (RFC 7515, section 7.1), which no other token has. */
export const isJwt = (text: string): boolean => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text);

/** The ID of no session. */
const UNKNOWN_SESSION = '00000000-0000-0000-0000-000000000000';

/**
 * Verifies an identity token for introspection: it is genuine and its session lives. Null otherwise, after the
 * same statements. Postern accepts it as a credential nowhere.
 */
export async function verifyIdentityToken(
  context: Pick<RuleContext, 'em' | 'reader' | 'keys' | 'now' | 'config'>,
  token: string,
): Promise<VerifiedIdentityToken | null> {
  const { reader, now, config } = context;
  const read = await readIdentityToken(context, token);
  const session = await findViewerBySessionId(reader, read?.sessionId ?? UNKNOWN_SESSION, now);
  if (read === null || session?.accountId !== read.accountId) return null;
  const { accountId, audience, issuedAt, expiresAt } = read;
  const { username } = session;
  return {
    kind: 'IDENTITY_TOKEN',
    accountId,
    username,
    audience,
    issuedAt,
    expiresAt,
    ...toSignIn(session, config),
  };
}
