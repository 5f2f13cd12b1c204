import {
  addressOf,
  idOf,
  ownerOf,
  READERS,
  textOf,
  timeOf,
  turnOf,
  USER_AGENT,
  usernameOf,
  USERS,
  type Scale,
} from './row-values.ts';

/** The webhook to which all deliveries belong. */
export const WEBHOOK_ID = '01890000-0000-7000-8000-00000000000b';

const numbers = ({ rows }: Scale) => `generate_series(0::bigint, ${rows - 1}) as n`;

/** Numbers with the number of the account whose row each is. */
const owned = (scale: Scale) => `(select n, ${ownerOf(scale.rows)} as owner from ${numbers(scale)} offset 0) as owned`;

const accounts = (scale: Scale, passwordHash: string) => `
  insert into accounts (id, username, role, status, password_hash, email, email_key, locale, created_at, password_changed_at, last_login_at)
  select ${idOf(scale, 'account')}, name, 'USER', 'ACTIVE', '${passwordHash}', mail, mail, 'EN', at, at, now() - n % 2000000 * interval '1 second'
  from (select n, name, ${timeOf(scale)} as at, case when n % 10 > 0 then name || '@mail' || n % 50 || '.example' end as mail
    from (select n, ${usernameOf()} as name from ${numbers(scale)}) as named) as made`;

const sessions = (scale: Scale) => `
  insert into sessions (id, account_id, token_hash, auth_version, factors, methods, created_at, last_seen_at, stepped_up_at, idle_seconds, remembered, expires_at, ip, user_agent)
  select ${idOf(scale, 'session')}, ${idOf(scale, 'account')}, ${textOf('session')}, 1, '{PASSWORD}', '{pwd}', ${timeOf(scale)}, now() - n % 3600 * interval '1 second', ${timeOf(scale)},
    604800, true, now() + interval '1 day' + n % 2000000 * interval '1 second', ${addressOf()}, '${USER_AGENT}'
  from ${numbers(scale)}`;

const knownNetworks = (scale: Scale) => `
  insert into known_networks (id, account_id, network, expires_at)
  select ${idOf(scale, 'network')}, ${idOf(scale, 'account')}, '10.' || n % 250 || '.' || n / 250 % 250 || '.0/24', now() + interval '1 day' + n % 2000000 * interval '1 second'
  from ${numbers(scale)}`;

const callKeys = (scale: Scale) => `
  insert into call_keys (id, account_id, name, key_hash, hint, models, allowed_ips, quota_left, quota_used, created_at, last_used_at)
  select ${idOf(scale, 'key')}, ${idOf(scale, 'account')}, 'production ' || n % 10, ${textOf('key')}, 'sk-aB3dE…9xYz', '{model-0,model-1,model-2,model-3,model-4}', '{}', 1000000000000, n, ${timeOf(scale)}, now()
  from ${numbers(scale)}`;

/** Readers have more keys, for a page of them. */
const moreCallKeys = (scale: Scale) => `
  insert into call_keys (id, account_id, name, key_hash, hint, models, allowed_ips, created_at)
  select gen_random_uuid(), ${idOf(scale, 'account', 'owner')}, 'test ' || copy, ${textOf('more keys', 43, "reader || ' ' || copy")}, 'sk-aB3dE…9xYz', '{}', '{}', now()
  from (select reader, reader * ${scale.rows / READERS} + ${scale.rows / USERS / 2} as owner from generate_series(0, ${READERS - 1}) as reader) as readers, generate_series(1, 60) as copy`;

const usageLogs = (scale: Scale) => `
  insert into usage_logs (id, at, account_id, call_key_id, call_key_name, type, model, prompt_tokens, completion_tokens, quota, latency_ms, request_id, ip)
  select ${idOf(scale, 'log')}, ${timeOf(scale)}, ${idOf(scale, 'account', 'owner')}, ${idOf(scale, 'key', 'owner')}, 'production ' || n % 10, case when n % 50 = 49 then 'ERROR' else 'CONSUME' end, 'model-' || n / 3 % 5,
    812 + n % 500, 344, 1500, 900 + n % 900, 'req_' || left(md5(n::text), 24), ${addressOf()}
  from ${owned(scale)}`;

const usageTotals = (scale: Scale) => `
  insert into usage_totals (account_id, period, at, call_key_id, model, type, requests, prompt_tokens, completion_tokens, quota)
  select ${idOf(scale, 'account', 'owner')}, 'DAY', date_trunc('day', ${timeOf(scale)}, 'UTC'), ${idOf(scale, 'key', 'owner')}, 'model-' || ${turnOf(scale.rows)} % 40, 'CONSUME', 20, 16000, 7000, 30000
  from ${owned(scale)} `;

const events = (scale: Scale) => `
  insert into security_events (id, at, type, outcome, account_id, actor_id, session_id, ip, user_agent, request_id, mac)
  select id, at, type, 'SUCCESS', account_id, account_id, ${idOf(scale, 'session', 'owner')}, ${addressOf()}, '${USER_AGENT}', md5(n::text)::uuid, 'bench.' || ${textOf('mac')}
  from (select n, owner, ${idOf(scale, 'event')} as id, ${timeOf(scale)} as at, ('{LOGIN_SUCCEEDED,LOGIN_SUCCEEDED,LOGIN_SUCCEEDED,LOGGED_OUT,CALL_KEY_UPDATED}'::text[])[1 + n / 7 % 5] as type,
    ${idOf(scale, 'account', 'owner')} as account_id from ${owned(scale)} offset 0) as made`;

/** Sealing begins after a complete seal, as on a server that has run for long. */
const seal = (scale: Scale) => `
  insert into event_seals (number, sealed_at, complete, event_ids, event_digests, last_event_id, previous_hash, hash, mac)
  select 1, now(), true, array[id], array['digest'], id, 'none', 'hash', 'bench.mac' from (select ${idOf(scale, 'event', String(scale.rows - 1))} as id) as event`;

/** One in a hundred waits for another attempt, which isn't due while the benchmark runs. */
const deliveries = (scale: Scale) => `
  insert into webhook_deliveries (id, webhook_id, event_id, event_type, at, status, attempts, response_status, next_attempt_at)
  select ${idOf(scale, 'delivery')}, '${WEBHOOK_ID}', ${idOf(scale, 'event')}, 'LOGIN_SUCCEEDED', ${timeOf(scale)}, case when n % 100 = 0 then 'PENDING' else 'DELIVERED' end, 1, case when n % 100 > 0 then 204 end,
    case when n % 100 = 0 then now() + interval '1 day' end
  from ${numbers(scale)}`;

/** Fills a table with rows in order of time. Statements of a table run one after the other. */
export type Fill = readonly [table: string, statement: string];

/** The tables that the measured requests read and write. */
export const measuredRows = (scale: Scale, passwordHash: string): readonly Fill[] => [
  ['accounts', accounts(scale, passwordHash)],
  ['sessions', sessions(scale)],
  ['known_networks', knownNetworks(scale)],
  ['call_keys', callKeys(scale)],
  ['call_keys', moreCallKeys(scale)],
  ['usage_logs', usageLogs(scale)],
  ['usage_totals', usageTotals(scale)],
  ['security_events', events(scale)],
  ['event_seals', seal(scale)],
  ['webhook_deliveries', deliveries(scale)],
];
