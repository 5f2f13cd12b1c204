import type { EntityManager } from '../database/connection/database.js';
import type { Tables } from '../database/read/select.js';
import type { ApiTokenViewer, Viewer } from './viewer.js';

/** No account's credential stands behind a change: an account is being made, or the machine itself acts. */
export const noAuthority = { credential: 'NONE' } as const;

type Status = Viewer['status'];

/** An account whose owner proved something that is no credential: a password at sign-in, a challenge, a mailed link. */
export interface VerifiedAccount {
  readonly credential: 'PROOF';
  readonly accountId: string;
  /** Null where the proof outlives changes of the account. */
  readonly authVersion: number | null;
  readonly statuses: readonly Status[];
  /** Refuses where the account has changed since. */
  readonly refuse: () => never;
}

/** What a request began with. It must still hold where the request changes something (D-1). */
export type Authority = Viewer | ApiTokenViewer | VerifiedAccount | typeof noAuthority;

/** The session or token of the request ended while it was under way: the caller has to sign in again. */
export class CredentialEnded extends Error {}

/** The authority of a proof, bound to the account as it was when the proof was verified. */
export const verifiedAccount = (
  { id, authVersion }: { readonly id: string; readonly authVersion: number | null },
  refuse: () => never,
  statuses: readonly Status[] = ['ACTIVE'],
): VerifiedAccount => ({ credential: 'PROOF', accountId: id, authVersion, statuses, refuse });

/**
 * Holds the account's row until the transaction ends, and compares what the request began with: status, `authVersion`,
 * and that its session or token is still there (D-1).
 *
 * @throws {CredentialEnded} where a session or token has ended; a proof refuses as it says
 */
export async function holdAuthority(em: EntityManager, authority: Authority): Promise<void> {
  if (authority.credential === 'NONE' || (await isHeld(em, authority))) return;
  if (authority.credential === 'PROOF') authority.refuse();
  throw new CredentialEnded();
}

async function isHeld(em: EntityManager, authority: Exclude<Authority, typeof noAuthority>): Promise<boolean> {
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
    // Both rows are locked, so that a session that ended while this statement waited is not found.
    return (await session.forNoKeyUpdate('accounts').forKeyShare('sessions').executeTakeFirst()) !== undefined;
  }
  const token = account
    .innerJoin('api_tokens', 'api_tokens.account_id', 'accounts.id')
    .where('api_tokens.token_hash', '=', authority.tokenHash);
  // A gateway writes for very many accounts at a time: its own row would be a queue for all of its calls.
  if (authority.role === 'SERVICE') return (await token.executeTakeFirst()) !== undefined;
  return (await token.forNoKeyUpdate('accounts').forKeyShare('api_tokens').executeTakeFirst()) !== undefined;
}
