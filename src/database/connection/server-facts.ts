import { fork, type Database } from './database.js';

/** What an operator should know of a PostgreSQL server and of the session that asks. */
export interface ServerFacts {
  /** Such as 150004 for 15.4. */
  readonly version: number;
  /** How many connections the role may open in the database, by the lowest of all limits. */
  readonly connectionLimit: number;
  /** How many it may open besides those that are open, whoever uses them. */
  readonly freeConnections: number;
  /** Whether no one on the way can read what this session sends: it is encrypted, or within a private network. */
  readonly isPrivate: boolean;
  /** Whether the server's log gets the values of statements. */
  readonly logsValues: boolean;
}

/** Reads the facts of the server. Changes nothing. */
export async function readServerFacts(database: Database): Promise<ServerFacts> {
  const [facts] = await fork(database).execute<ServerFacts[]>(
    `with limits (amount, used) as (
         select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
           - coalesce(current_setting('reserved_connections', true)::int, 0), sum(numbackends) from pg_stat_database
       union all
         select datconnlimit, numbackends from pg_database join pg_stat_database using (datname)
         where datname = current_database() and datconnlimit >= 0
       union all
         select rolconnlimit, (select count(*) from pg_stat_activity where usename = rolname) from pg_roles
         where rolname = current_user and rolconnlimit >= 0)
     select current_setting('server_version_num')::int as version,
       (select min(amount)::int from limits) as "connectionLimit",
       (select greatest(min(amount - used), 0)::int from limits) as "freeConnections",
       coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false)
         or coalesce(inet_client_addr() <<= any (array['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16',
           '::1/128', 'fc00::/7']::inet[]), true) as "isPrivate",
       current_setting('log_parameter_max_length') <> '0' and (current_setting('log_statement') in ('mod', 'all')
         or current_setting('log_min_duration_statement') <> '-1'
         or current_setting('log_min_duration_sample') <> '-1') as "logsValues"`,
  );
  if (!facts) throw new Error('the server does not describe itself');
  return facts;
}
