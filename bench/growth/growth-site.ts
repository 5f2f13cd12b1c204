import type pg from 'pg';
import type { Database } from '../../src/database/connection/database.js';
import { openBackendCpu, type BackendCpu } from '../compare/backend-cpu.ts';
import type { CleanUp } from '../compare/clean-up.ts';
import { hashToken, newCallKey, newToken, openPostgresql, toGlobalId } from '../built.ts';
import { mutate, newApiToken, signIn, type BenchUser } from '../people.ts';
import { productionSettings, startServer, type Server } from '../server-process.ts';
import { enrol } from '../two-factor.ts';
import { ENCRYPTION_KEYS, serverUrl, withClient } from './filled-database.ts';
import { hashing, PASSWORD } from './growth-database.ts';
import { WEBHOOK_ID } from './measured-rows.ts';
import { READERS, userNumbers, usernameOf, USERS } from './row-values.ts';

/** A user with a session and a call key. */
export interface GrowthUser extends BenchUser {
  readonly callKeyId: string;
  /** The secret of the key, which a job may rotate. */
  callKey: string;
}

/** A server on a filled database. */
export interface GrowthSite extends Server {
  readonly rows: number;
  readonly backends: BackendCpu;
  /** The same database, for work that no request causes. */
  readonly database: Database;
  /** Users at even distances among all accounts. */
  readonly users: readonly GrowthUser[];
  /** Those among them who have a long history. */
  readonly readers: readonly GrowthUser[];
  readonly root: BenchUser;
  readonly gatewayToken: string;
}

/** Starts Postern on a filled database, with sessions of some of the filled accounts. */
export async function openGrowthSite(
  rows: number,
  url: string,
  settings: Readonly<Record<string, string>>,
  cleanUp: CleanUp,
): Promise<GrowthSite> {
  const users = await withClient(url, (client) => prepareUsers(client, rows));
  const [gateway, root] = await withClient(url, (client) => prepareStaff(client, rows));
  const server = await cleanUp.keep(
    () =>
      startServer('postern', {
        ...productionSettings(url),
        POSTERN_ENCRYPTION_KEYS: ENCRYPTION_KEYS,
        ...hashing,
        POSTERN_EVENT_SEAL_SECONDS: '3600',
        ...settings,
      }),
    ({ stop }) => stop(),
  );
  const backends = await cleanUp.keep(
    () => openBackendCpu(serverUrl, url),
    ({ close }) => close(),
  );
  const database = await cleanUp.keep(
    () => openPostgresql(url),
    (opened) => opened.close(),
  );
  const gatewayToken = await newApiToken(server.url, await signIn(server.url, gateway));
  await withClient(url, (client) =>
    client.query("update accounts set role = 'SERVICE', service_scopes = '{CALL_KEYS}' where username = $1", [
      gateway.username,
    ]),
  );
  return {
    ...server,
    rows,
    backends,
    database,
    users,
    readers: users.filter((_, index) => index % (USERS / READERS) === 0),
    root: await enrol(server.url, await signIn(server.url, root)),
    gatewayToken,
  };
}

/** Gives the session and the call key of each user new secrets, which only the benchmark knows. */
async function prepareUsers(client: pg.Client, rows: number): Promise<GrowthUser[]> {
  const { rows: found } = await client.query<Record<'username' | 'session' | 'key', string>>(
    `select username, (select id from sessions where account_id = accounts.id order by id limit 1) as session,
       (select id from call_keys where account_id = accounts.id order by id limit 1) as key
     from unnest($1::bigint[]) with ordinality as number (n, place) join accounts on username = ${usernameOf()} order by place`,
    [userNumbers(rows)],
  );
  const users = found.map(({ username, session, key }) => ({
    username,
    password: PASSWORD,
    token: newToken('session'),
    callKey: newCallKey(),
    sessionId: session,
    callKeyId: key,
  }));
  await client.query(
    `with session as (update sessions set token_hash = hash, last_seen_at = now(), stepped_up_at = now() from unnest($1::uuid[], $2::text[]) as made (session, hash) where id = session)
     update call_keys set key_hash = hash from unnest($3::uuid[], $4::text[]) as made (key, hash) where id = key`,
    [
      users.map(({ sessionId }) => sessionId),
      users.map(({ token }) => hashToken(token)),
      users.map(({ callKeyId }) => callKeyId),
      users.map(({ callKey }) => hashToken(callKey)),
    ],
  );
  return users.map(({ callKeyId, ...user }) => ({ ...user, callKeyId: toGlobalId('CallKey', callKeyId) }));
}

/** The last two accounts become a user who gets a service token, and ROOT. An earlier run may have changed them. */
async function prepareStaff(client: pg.Client, rows: number): Promise<readonly [gateway: Staff, root: Staff]> {
  const prepare = async (number: number, role: string): Promise<Staff> => {
    const {
      rows: [account],
    } = await client.query<{ id: string; username: string }>(
      `update accounts set role = $2, service_scopes = null where username = (select ${usernameOf()} from (values ($1::bigint)) as number (n)) returning id, username`,
      [number, role],
    );
    for (const table of ['two_factors', 'backup_codes'])
      await client.query(`delete from ${table} where account_id = $1`, [account!.id]);
    return { username: account!.username, password: PASSWORD };
  };
  await client.query('delete from webhooks');
  return [await prepare(rows - 2, 'USER'), await prepare(rows - 1, 'ROOT')];
}

type Staff = Pick<BenchUser, 'username' | 'password'>;

/** Creates the webhook to which the filled deliveries belong. */
export async function addWebhook(
  { url, root }: Pick<GrowthSite, 'url' | 'root'>,
  databaseUrl: string,
  target: string,
): Promise<void> {
  await mutate(url, 'createWebhook', 'webhook { id }', { url: target, eventTypes: ['CALL_KEY_ROTATED'] }, root.token);
  await withClient(databaseUrl, (client) =>
    client.query(`
      begin;
      insert into webhooks select '${WEBHOOK_ID}', url, description, event_types, status, created_at, failing_since from webhooks;
      update webhook_secrets set webhook_id = '${WEBHOOK_ID}';
      delete from webhooks where id <> '${WEBHOOK_ID}';
      commit`),
  );
}
