import { minutes, seconds } from '../../duration.js';
import { signToken } from '../../crypto/signed-token.js';
import { newId } from '../../database/connection/id.js';
import type { Reader } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { StepUpRequiredError } from '../../rules/step-up-required.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { skippedSecondFactor } from '../session/session-lifetime.js';
import { identityClaims, toNumericDate, type IdentityClaims } from './identity-claims.js';
import { ensureIdentityTokenRecorded } from './record-identity-token.js';
import { currentSigningPair, TOKEN_LIFETIME_MS } from './signing-keys.js';

/** A signed JWT that names the user of a session to one service. */
export interface IdentityToken {
  readonly token: string;
  readonly expiresAt: Date;
}

/** How long forward auth reuses a token. */
const REUSED_MS = minutes(1);

/** How many tokens a process keeps for reuse. */
const MAXIMUM_KEPT = 10_000;

/** The tokens to reuse, by database and by their claims: a changed role or address makes another token. */
const kept = new WeakMap<Reader, Map<string, IdentityToken & { readonly signedAt: number }>>();

/**
 * Ensures that a session may get identity tokens: its user verified every factor in it.
 *
 * @throws {StepUpRequiredError}
 */
function ensureFullSession(viewer: SessionViewer): void {
  if (skippedSecondFactor(viewer)) throw new StepUpRequiredError();
}

/**
 * Signs a new identity token. It ends after 5 minutes, or with the session if that is earlier.
 *
 * @throws {StepUpRequiredError} if a trusted browser replaced the second factor of the session
 */
export async function newIdentityToken(
  context: RuleContext,
  viewer: SessionViewer,
  claims: IdentityClaims,
): Promise<IdentityToken> {
  ensureFullSession(viewer);
  const { now } = context;
  const pair = await currentSigningPair(context);
  const exp = toNumericDate(new Date(Math.min(now.getTime() + TOKEN_LIFETIME_MS, viewer.endsAt.getTime())));
  const token = await signToken(pair, { ...claims, iat: toNumericDate(now), exp, jti: newId(now) });
  return { token, expiresAt: new Date(seconds(exp)) };
}

/**
 * An identity token for forward auth: reused for a minute by this process, and not counted. Its first issue is the only
 * thing that is written.
 *
 * @param audience one of IDENTITY_AUDIENCES
 * @throws {StepUpRequiredError} if a trusted browser replaced the second factor of the session
 * @throws {CredentialRevokedError} if the session was revoked during the request
 */
export async function signIdentityToken(
  context: RuleContext,
  viewer: SessionViewer,
  audience: string,
): Promise<IdentityToken> {
  ensureFullSession(viewer);
  const claims = identityClaims(context, viewer, audience);
  const key = JSON.stringify(claims);
  const tokens = kept.get(context.reader) ?? new Map<string, IdentityToken & { readonly signedAt: number }>();
  kept.set(context.reader, tokens);
  const signedAt = context.now.getTime();
  const recent = tokens.get(key);
  if (recent && isReusable(recent, context.now)) return recent;
  await ensureIdentityTokenRecorded(context, viewer, audience);
  const token = await newIdentityToken(context, viewer, claims);
  // A map keeps the order of insertion, so its first entry is the oldest.
  tokens.delete(key);
  for (const [oldest, { signedAt: age }] of tokens) {
    if (tokens.size < MAXIMUM_KEPT && signedAt - age < REUSED_MS) break;
    tokens.delete(oldest);
  }
  tokens.set(key, { ...token, signedAt });
  return token;
}

const isReusable = ({ signedAt, expiresAt }: { readonly signedAt: number; readonly expiresAt: Date }, now: Date) => {
  const ageMs = now.getTime() - signedAt;
  return ageMs >= 0 && ageMs < REUSED_MS && expiresAt > now;
};
