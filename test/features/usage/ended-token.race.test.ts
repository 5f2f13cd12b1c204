import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { act, goodReason, type ActName } from '../administration/actions.js';
import { programInUse } from '../api-token/own-token.js';
import { newCallKeyOf } from '../call-key/own-keys.js';
import { registerAt } from '../../support/registrations.js';
import { startTwoServers, type TwoServers } from '../../support/two-servers.js';
import { newUsername } from '../../support/users.js';
import type { Client } from '../../support/client.js';
import { call, report } from './gateway.js';

let two: TwoServers;
let root: Client;
let owner: Client;
beforeAll(async () => {
  two = await startTwoServers();
  const user = await registerAt(two.servers[0]);
  await two.database.query("update accounts set role = 'ROOT' where username = $1", [user.username]);
  root = user.client;
  owner = (await registerAt(two.servers[1])).client;
});
afterAll(() => two.stop());

const loggedFor = ({ requestId }: { readonly requestId: string }) =>
  two.database.query('select 1 from usage_logs where request_id = $1', [requestId]);

const endings: readonly [name: ActName, input: Record<string, unknown>][] = [
  ['setUserStatus', { status: 'DISABLED' }],
  ['resetServiceToken', {}],
];

// A gateway's call locks no account. Its token is compared when its transaction begins, so it never waits for an
// administrator: a call stands if it began before the token ended, and is rejected afterwards.
test.each(endings)('records usage while %s has not ended its token, and none after it (D-1)', async (name, input) => {
  const { data } = await act(root, 'createUser', { username: newUsername(), role: 'SERVICE', reason: goodReason });
  const { user, serviceToken } = data['createUser'] as { user: { id: string }; serviceToken: string };
  const gateway = await programInUse(two, 1, serviceToken);
  const key = await newCallKeyOf(owner);
  const [during, after] = [call(key, new Date()), call(key, new Date())];
  const [ended] = await two.oneWhileTheOtherEnds(
    () => act(root, name, { userId: user.id, ...input }),
    async () => {
      expect((await report(gateway, [during])).data.recordUsage).toMatchObject({ recorded: 1 });
      // This one waits, since it locks the account. It ends no token.
      return act(root, 'revokeUserSessions', { userId: user.id });
    },
  );
  expect(ended).toSucceed();
  expect(await report(gateway, [after])).toFailWith('UNAUTHENTICATED');
  expect([await loggedFor(during), await loggedFor(after)].map((rows) => rows.length)).toEqual([1, 0]);
});
