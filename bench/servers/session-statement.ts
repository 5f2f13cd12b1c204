import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { QueryConfig } from 'pg';

/** The row that the statement returns. */
export interface SessionRow {
  readonly id: string;
  readonly username: string;
  readonly role: string;
}

/**
 * The statement with which Postern finds its viewer, written by hand: the session of a bearer token, its account, and
 * whether both are still valid.
 */
export const sessionStatement = ({ authorization = '' }: IncomingHttpHeaders): QueryConfig => ({
  name: 'session',
  text: `
    select accounts.id, accounts.username, accounts.role, accounts.status, accounts.created_at, accounts.last_login_at,
      accounts.auth_version, two_factors.enabled_at, sessions.id as session_id, sessions.stepped_up_at, sessions.last_seen_at
    from sessions
    join accounts on accounts.id = sessions.account_id
    left join two_factors on two_factors.account_id = accounts.id
    where sessions.token_hash = $1 and accounts.status = 'ACTIVE' and sessions.auth_version = accounts.auth_version
      and sessions.expires_at > $2 and sessions.last_seen_at + make_interval(secs => sessions.idle_seconds) > $2`,
  values: [hash('sha256', authorization.slice('Bearer '.length), 'base64url'), new Date()],
});
