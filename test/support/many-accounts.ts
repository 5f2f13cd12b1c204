/**
 * Inserts accounts in one statement, with realistically similar names and addresses: 1 in 1,000 is an administrator or
 * disabled, 1 in 10 never signed in or has no address, 1 in 20 has a second factor.
 */
export const manyAccounts = (count: number): string => `
  with words as (
    select array['ann', 'bob', 'carl', 'dana', 'eve', 'frank', 'grace', 'heidi', 'ivan', 'judy', 'mallory', 'niaj', 'olivia', 'peggy', 'rupert', 'sybil', 'trent', 'victor', 'wendy', 'zoe'] as first,
      array['smith', 'jones', 'weber', 'rossi', 'novak', 'silva', 'garcia', 'martin', 'dubois', 'kowalski', 'ivanov', 'nguyen', 'kim', 'tanaka', 'singh', 'okafor', 'haddad', 'larsen', 'virtanen', 'murphy'] as last
  ), users as (
    select n, first[1 + n % 20] || '.' || last[1 + (n / 20) % 20] || n as name from words, generate_series(1, ${count}) n
  ), accounts as (
    insert into accounts (id, username, role, service_scopes, status, created_at, last_login_at, email, email_key, deleted_at, status_before_deletion)
    select gen_random_uuid(), name, case when n % 1000 = 7 then 'ADMIN' when n % 10000 = 8 then 'ROOT' when n % 10000 = 9 then 'SERVICE' else 'USER' end, case when n % 10000 = 9 then '{CALL_KEYS}'::text[] end,
      case when n % 1000 = 17 then 'DISABLED' when n % 1000 = 18 then 'DELETED' else 'ACTIVE' end,
      timestamptz '2020-01-01' + n * interval '2 minutes', case when n % 10 > 0 then timestamptz '2026-01-01' + (n::bigint * 7919 % ${count}) * interval '1 second' end,
      case when n % 10 <> 1 then name || '@mail' || n % 50 || '.example' end, case when n % 10 <> 1 then name || '@mail' || n % 50 || '.example' end,
      case when n % 1000 = 18 then timestamptz '2026-11-01' end, case when n % 1000 = 18 then 'ACTIVE' end
    from users returning id, created_at
  )
  insert into two_factors (account_id, enabled_at, secret_ciphertext, last_step) select id, created_at, 'nothing', 0 from accounts where extract(minute from created_at)::int % 20 = 0`;
