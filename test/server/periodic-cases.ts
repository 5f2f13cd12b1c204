import { days } from '../../src/duration.js';
import { newId } from '../../src/database/connection/id.js';
import { formatMonth, toMonth } from '../../src/database/partition/monthly-partitions.js';
import type { MailServer } from '../support/mail-server.js';
import type { ThreeServers } from '../support/three-servers.js';
import { newAddress } from '../support/users.js';

/** Work that a periodic job has to do. Tests count how often it was done. */
export interface PeriodicCase {
  /** The table that is locked to stop a process in the middle. */
  readonly table: string;
  /** A pattern of the statement that then waits: the last one of the work. */
  readonly statement: string;
  /** Prepares the work, with SQL alone. @returns a function that counts how often it was done */
  prepare(three: Pick<ThreeServers, 'database'>, mail: MailServer): Promise<() => Promise<number>>;
}

type Query = ThreeServers['database']['query'];

/** Creates an account that never signs in. @returns its ID */
export async function insertAccount(query: Query, email: string | null = null): Promise<string> {
  const id = newId(new Date());
  await query(
    `insert into accounts (id, username, role, status, email, email_key, created_at)
     values ($1::uuid, 'u' || right($1::uuid::text, 12), 'USER', 'ACTIVE', $2, $2, now())`,
    [id, email],
  );
  return id;
}

const count = async (query: Query, from: string, parameters: unknown[]) =>
  Number((await query<{ n: string }>(`select count(*) as n from ${from}`, parameters))[0]!.n);

/** The periodic work of all features but security events, by the names of the jobs. */
export const periodicCases: Readonly<Record<'sweep' | 'usage' | 'erasure' | 'reminders', PeriodicCase>> = {
  sweep: {
    table: 'mail_deliveries',
    statement: '%delete from "mail_deliveries"%',
    prepare: async ({ database: { query } }) => {
      const [id, at] = [newId(new Date()), new Date(Date.now() - days(8))];
      await query('insert into mail_deliveries (job_id, uncertain, updated_at) values ($1, 1, $2)', [id, at]);
      await query('insert into attempts (bucket, failures, forgotten_at) values ($1, 1, $2)', [id, at]);
      const left = async () =>
        (await count(query, 'mail_deliveries where job_id = $1', [id])) +
        (await count(query, 'attempts where bucket = $1', [id]));
      return async () => Number((await left()) === 0);
    },
  },
  usage: {
    table: 'usage_totals',
    statement: 'alter table usage_totals attach partition%',
    prepare: async ({ database: { query } }) => {
      const month = formatMonth(toMonth(new Date(), 3)).replace('-', '_');
      const tables = [`usage_logs_${month}`, `usage_totals_${month}`];
      await query(`drop table ${tables.join(', ')}`);
      return async () => (await count(query, 'pg_inherits where inhrelid::regclass::text = any($1)', [tables])) / 2;
    },
  },
  erasure: {
    table: 'security_events',
    statement: '%insert into "security_events"%',
    prepare: async ({ database: { query } }) => {
      const id = await insertAccount(query);
      await query(
        "update accounts set status = 'DELETED', status_before_deletion = 'ACTIVE', deleted_at = $2 where id = $1",
        [id, new Date(Date.now() - days(31))],
      );
      return () => count(query, "security_events where type = 'USER_ERASED' and account_id = $1", [id]);
    },
  },
  reminders: {
    table: 'pgboss.job',
    statement: '%INSERT INTO pgboss.job%',
    prepare: async ({ database: { query } }, mail) => {
      const address = newAddress();
      const id = await insertAccount(query, address);
      await query(
        `insert into access_tokens
           (id, account_id, name, token_hash, hint, scopes, allowed_ips, created_at, lifetime_seconds, expires_at, last_used_at)
         values (gen_random_uuid(), $1, 'Backup', $2, 'abcd', '{}', '{}', $3, 2592000, $4, $3)`,
        [id, address, new Date(Date.now() - days(28)), new Date(Date.now() + days(2))],
      );
      return () => Promise.resolve(mail.to(address).length);
    },
  },
};
