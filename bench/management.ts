import pg from 'pg';
import { fire } from './load.ts';
import { callKeyList, usageLogList, usageReport, verification, type KeyOwner } from './management-loads.ts';
import { newApiToken, send, type BenchUser } from './people.ts';
import { printRatio, printRounds } from './report.ts';
import { playRounds } from './rounds.ts';
import type { Server } from './server-process.ts';

/** How many call keys each user has: the maximum. */
const KEYS = 50;

const createCallKey =
  'mutation ($input: CreateCallKeyInput!) { createCallKey(input: $input) { key callKey { id } userErrors { code } } }';

/** Creates as many call keys as a user can have. */
export async function withKeys(url: string, user: BenchUser): Promise<KeyOwner> {
  const callKeyIds: string[] = [];
  let secret = '';
  for (let number = 1; number <= KEYS; number += 1) {
    const { createCallKey: made } = await send(
      url,
      createCallKey,
      { input: { name: `key ${number}`, models: ['model-a'], quota: '1000000000000000' } },
      user.token,
    );
    callKeyIds.push(made.callKey.id as string);
    secret = made.key as string;
  }
  return { ...user, callKeyIds, secret };
}

/** Turns a user into a gateway. `postern service create` would create an account with that role. */
async function newGatewayToken(url: string, databaseUrl: string, user: BenchUser): Promise<string> {
  const token = await newApiToken(url, user);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("update accounts set role = 'SERVICE', service_scopes = '{CALL_KEYS}' where username = $1", [
    user.username,
  ]);
  await client.end();
  return token;
}

/**
 * Measures the management API against servers with the same handwritten statements, and usage reports also against
 * servers without GraphQL: one that does the same, and one that only inserts the rows.
 */
export async function measureManagement(
  Postern: Server,
  databaseUrl: string,
  [gateway, ...users]: readonly BenchUser[],
  start: (name: string, environment: Record<string, string>) => Promise<Server>,
  rounds: number,
): Promise<void> {
  const owners: KeyOwner[] = [];
  for (const user of users) owners.push(await withKeys(Postern.url, user));
  const token = await newGatewayToken(Postern.url, databaseUrl, gateway!);
  // Each owner has more than one page of logs.
  await fire({ ...usageReport(token, 100), connections: owners.length }, Postern.url, owners, owners.length);
  const byHand = await start('graphql-js-and-pg', { BENCH_GATEWAY_TOKEN: token });
  for (const load of [callKeyList, usageLogList, verification(token)]) {
    const measured = await playRounds(load, { 'graphql-js + pg pool': byHand, Postern }, owners, rounds);
    printRounds(load.title, measured);
    printRatio(measured, 'Postern', 'graphql-js + pg pool', '1.0 by CPU');
  }
  const bare = await start('bare-usage', { BENCH_GATEWAY_TOKEN: token });
  const bareWhole = await start('bare-record', { BENCH_GATEWAY_TOKEN: token });
  for (const entries of [1, 100, 1_000] as const) {
    const load = usageReport(token, entries);
    const measured = await playRounds(
      load,
      {
        'bare insert of the rows': bare,
        'the same statements, bare': bareWhole,
        'graphql-js + pg pool': byHand,
        Postern,
      },
      owners,
      rounds,
    );
    printRounds(load.title, measured);
    printRatio(measured, 'Postern', 'graphql-js + pg pool');
    printRatio(measured, 'Postern', 'the same statements, bare', entries === 1_000 ? '0.8' : undefined);
    printRatio(measured, 'Postern', 'bare insert of the rows', entries === 1_000 ? '0.8' : undefined);
  }
}
