import type { Fill } from './measured-rows.ts';
import { addressOf, ciphertextOf, idOf, textOf, timeOf, USER_AGENT, type Scale } from './row-values.ts';

/** A table with one row for each number. `columns` are the columns, and `values` their expressions. */
const fill = ({ rows }: Scale, table: string, columns: Readonly<Record<string, string>>): Fill => [
  table,
  `insert into ${table} (${Object.keys(columns).join(', ')}) select ${Object.values(columns).join(', ')} from generate_series(0::bigint, ${rows - 1}) as n`,
];

/** The remaining tables with rows for each account, whose sizes are measured. */
export function credentialRows(scale: Scale): readonly Fill[] {
  const [account, at, soon] = [idOf(scale, 'account'), timeOf(scale), "now() + n % 2000000 * interval '1 second'"];
  return [
    fill(scale, 'known_devices', {
      id: idOf(scale, 'device'),
      account_id: account,
      token_hash: textOf('device'),
      auth_version: '1',
      created_at: at,
      last_seen_at: at,
    }),
    fill(scale, 'two_factors', {
      account_id: account,
      enabled_at: at,
      secret_ciphertext: ciphertextOf(32),
      last_step: '59000000',
      last_kind: "'TOTP'",
    }),
    fill(scale, 'backup_codes', {
      id: idOf(scale, 'code'),
      account_id: account,
      selector: 'left(md5(n::text), 4)',
      code_ciphertext: ciphertextOf(97),
      created_at: at,
    }),
    fill(scale, 'passkeys', {
      id: idOf(scale, 'passkey'),
      account_id: account,
      credential_id: textOf('passkey'),
      public_key_ciphertext: ciphertextOf(77),
      rp_id: "'accounts.example.org'",
      name: "'iCloud Keychain'",
      aaguid: "'fbfc3007-154e-4ecc-8c0b-6e020557d7bd'",
      transports: "'{hybrid,internal}'",
      counter: '0',
      backup_eligible: 'true',
      backed_up: 'true',
      signs_in: 'true',
      created_at: at,
      last_used_at: at,
    }),
    fill(scale, 'passkey_users', { account_id: account, handle: textOf('handle') }),
    fill(scale, 'trusted_browsers', {
      id: idOf(scale, 'device'),
      account_id: account,
      token_hash: textOf('browser'),
      auth_version: '1',
      created_at: at,
      last_used_at: at,
      expires_at: soon,
      ip: addressOf(),
      user_agent: `'${USER_AGENT}'`,
    }),
    fill(scale, 'api_tokens', {
      account_id: account,
      token_hash: textOf('api token'),
      token_ciphertext: ciphertextOf(53),
      key_id: "'bench'",
      hint: "'9xYz'",
      created_at: at,
      last_used_at: at,
      last_used_ip: addressOf(),
    }),
    fill(scale, 'access_tokens', {
      id: idOf(scale, 'key'),
      account_id: account,
      name: "'continuous integration'",
      token_hash: textOf('access token'),
      hint: "'9xYz'",
      scopes: "'{USAGE_READ,KEYS_WRITE}'",
      allowed_ips: "'{}'",
      created_at: at,
      lifetime_seconds: '7776000',
      expires_at: soon,
      last_used_at: at,
      last_used_ip: addressOf(),
    }),
    fill(scale, 'attempts', {
      bucket: `'password:stranger:' || ${account}`,
      failures: '1',
      forgotten_at: soon,
    }),
    // Random like real ones, since PostgreSQL compresses such long rows.
    [
      'event_seals',
      `insert into event_seals (number, sealed_at, complete, event_ids, event_digests, last_event_id, previous_hash, hash, mac)
       select 1 + seal, now(), true, array_agg(gen_random_uuid()), array_agg(left(encode(sha256(n::text::bytea), 'base64'), 43)), gen_random_uuid(),
         ${textOf('previous', 43, 'seal')}, ${textOf('hash', 43, 'seal')}, 'v1.2026a.' || ${textOf('mac', 43, 'seal')}
       from generate_series(1000::bigint, ${scale.rows - 1}) as n, lateral (select n / 1000 as seal) as number group by seal`,
    ],
  ];
}
