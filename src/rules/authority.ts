import type { EntityManager } from '../database/connection/database.js';
import type { Tables } from '../database/read/select.js';
import type { ApiTokenViewer, SessionViewer } from './viewer.js';

/** The change needs no credential: an account is being created, or an operator acts. */
export const noAuthority = { credential: 'NONE' } as const;

type Status = SessionViewer['status'];

/**
 * An account whose owner was verified without a session or API token: by a password at sign-in, a challenge, or a link
 * in an email.
 */
export interface VerifiedAccount {
  readonly credential: 'PROOF';
  readonly accountId: string;
  /** Null if the proof remains valid when the account changes. */
  readonly authVersion: number | null;
  readonly statuses: readonly Status[];
  /** Refuses if the account has changed since. */
  readonly refuse: () => never;
}

/** What authorized a request. It must still be valid when the request changes something (D-1). */
export type Authority = SessionViewer | ApiTokenViewer | VerifiedAccount | typeof noAuthority;

/** The session or token of the request was revoked during the request: the caller has to sign in again. */
export class CredentialRevokedError extends Error {}

/** The authority of a proof. It becomes invalid when the account changes, unless `authVersion` is null. */
export const verifiedAccount = (
  { id, authVersion }: { readonly id: string; readonly authVersion: number | null },
  refuse: () => never,
  statuses: readonly Status[] = ['ACTIVE'],
): VerifiedAccount => ({ credential: 'PROOF', accountId: id, authVersion, statuses, refuse });

/**
 * Locks the account's row until the transaction ends, and verifies that the authority is still valid: status,
 * `authVersion`, and session or token (D-1).
 *
 * @throws {CredentialRevokedError} if the session or token was revoked; a proof refuses with its own error
 */
export async function lockAndVerifyAuthority(em: EntityManager, authority: Authority): Promise<void> {
  if (authority.credential === 'NONE' || (await lockIfValid(em, authority))) return;
  if (authority.credential === 'PROOF') authority.refuse();
  throw new CredentialRevokedError();
}

async function lockIfValid(em: EntityManager, authority: Exclude<Authority, typeof noAuthority>): Promise<boolean> {
  const statuses = authority.credential === 'PROOF' ? authority.statuses : (['ACTIVE'] as const);
  const account = em
    .getKysely<Tables>()
    .selectFrom('accounts')
    .select('accounts.id')
    .where('accounts.id', '=', authority.accountId)
    .where('accounts.status', 'in', statuses)
    .$if(authority.authVersion !== null, (query) => query.where('accounts.auth_version', '=', authority.authVersion));
  if (authority.credential === 'PROOF') return (await account.forNoKeyUpdate().executeTakeFirst()) !== undefined;
  if (authority.credential === 'SESSION') {
    const session = account
      .innerJoin('sessions', 'sessions.account_id', 'accounts.id')
      .where('sessions.id', '=', authority.sessionId)
      .whereRef('sessions.auth_version', '=', 'accounts.auth_version');
    // Locks both rows, so that a session revoked while this statement waited is not found.
    return (await session.forNoKeyUpdate('accounts').forKeyShare('sessions').executeTakeFirst()) !== undefined;
  }
  if (authority.accessTokenId !== null) {
    const { accessTokenId, tokenHash } = authority;
    const accessToken = account
      .innerJoin('access_tokens', 'access_tokens.account_id', 'accounts.id')
      .where('access_tokens.id', '=', accessTokenId)
      .where('access_tokens.revoked_at', 'is', null)
      .where(({ or, eb }) =>
        or([eb('access_tokens.token_hash', '=', tokenHash), eb('access_tokens.old_token_hash', '=', tokenHash)]),
      );
    return (
      (await accessToken.forNoKeyUpdate('accounts').forNoKeyUpdate('access_tokens').executeTakeFirst()) !== undefined
    );
  }
  const token = account
    .innerJoin('api_tokens', 'api_tokens.account_id', 'accounts.id')
    .where('api_tokens.token_hash', '=', authority.tokenHash);
  // Don't lock a gateway's account, since that would serialize all of its calls.
  if (authority.role === 'SERVICE') return (await token.executeTakeFirst()) !== undefined;
  return (await token.forNoKeyUpdate('accounts').forKeyShare('api_tokens').executeTakeFirst()) !== undefined;
}
