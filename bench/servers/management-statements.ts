import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { QueryConfig } from 'pg';

const bearer = ({ authorization = '' }: IncomingHttpHeaders): string =>
  hash('sha256', authorization.slice('Bearer '.length), 'base64url');

/**
 * Postern stores tokens under a keyed hash. Here a plain hash maps to the stored value, which a handwritten server
 * would store itself.
 */
export const gatewayStatement = (headers: IncomingHttpHeaders, stored: ReadonlyMap<string, string>): QueryConfig => ({
  name: 'gateway',
  text: `
    select accounts.id, accounts.username, accounts.role, accounts.status, accounts.created_at, accounts.last_login_at, accounts.auth_version, two_factors.enabled_at, api_tokens.last_used_at
    from api_tokens join accounts on accounts.id = api_tokens.account_id left join two_factors on two_factors.account_id = accounts.id
    where api_tokens.token_hash = $1 and accounts.status = 'ACTIVE' and accounts.role = 'SERVICE'`,
  values: [stored.get(bearer(headers))],
});

const callKeyColumns = `call_keys.id, call_keys.name, hint, call_keys.created_at as "createdAt", call_keys.expires_at as "expiresAt", call_keys.last_used_at as "lastUsedAt", models, allowed_ips as "allowedIps",
  quota_left as "quotaLeft", quota_used as "quotaUsed", case when disabled then 'DISABLED' when call_keys.expires_at <= now() then 'EXPIRED' when quota_left = 0 then 'EXHAUSTED' else 'ACTIVE' end as status`;

/** A page of a user's call keys, with one extra row. */
export const callKeysStatement = (accountId: string, first: number): QueryConfig => ({
  name: 'call keys',
  text: `select ${callKeyColumns} from call_keys where account_id = $1 order by id desc limit $2`,
  values: [accountId, first + 1],
});

/** A call key by its secret, with the status of its owner. */
export const verifyStatement = (key: string): QueryConfig => ({
  name: 'verify',
  text: `
    select ${callKeyColumns}, account_id as "accountId", accounts.status as "ownerStatus" from call_keys join accounts on accounts.id = account_id
    where key_hash = $1 or (old_key_hash = $1 and old_key_valid_until > now())`,
  values: [hash('sha256', key, 'base64url')],
});

/** A page of a user's logs, with one extra row. */
export const usageLogsStatement = (accountId: string, first: number): QueryConfig => ({
  name: 'usage logs',
  text: `
    select id, at, call_key_name as "callKeyName", type, model, prompt_tokens as "promptTokens", completion_tokens as "completionTokens", quota, latency_ms as "latencyMs", request_id as "requestId", ip
    from usage_logs where account_id = $1 order by id desc limit $2`,
  values: [accountId, first + 1],
});
