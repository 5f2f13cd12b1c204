import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { registerAt } from '../../support/registrations.js';
import { runCommand } from '../../support/server-process.js';
import { startTwoServers, type TwoServers } from '../../support/two-servers.js';
import { createKey, deleteKeys, keysOf, newCallKeyOf, rotateKey, updateKey } from './own-keys.js';

let two: TwoServers;
let gatewayToken: string;
beforeAll(async () => {
  two = await startTwoServers();
  const { stdout } = await runCommand(['--json', 'service', 'create', '--username', 'gateway'], {
    DATABASE_URL: two.database.url,
  });
  gatewayToken = (JSON.parse(stdout) as { token: string }).token;
});
afterAll(() => two.stop());

const register = async () => (await registerAt(two.servers[0])).token;

async function verify(number: number, key: string): Promise<string> {
  const { data, errors } = await two
    .client(number, gatewayToken)
    .send('query ($key: String!) { verifyCallKey(key: $key) { valid refusal } }', { key });
  expect(errors).toEqual([]);
  return data['verifyCallKey'].refusal ?? 'valid';
}

test('creates at most 50 call keys for 100 concurrent requests on two servers (R-66)', async () => {
  const token = await register();
  const outcomes = { made: 0, refused: 0 };
  /** Retries what a busy server rejected, which must not yield extra keys. */
  const ask = async (numbers: number[]): Promise<number[]> => {
    const answers = await Promise.all(
      numbers.map((number) => createKey(two.client(number, token), { name: `key ${number}` })),
    );
    const payloads = answers.map((answer) => (answer.data as typeof answer.data | null)?.createCallKey);
    outcomes.made += payloads.filter((payload) => payload?.key).length;
    outcomes.refused += payloads.filter((payload) => payload?.userErrors[0]?.code === 'CALL_KEY_LIMIT').length;
    return numbers.filter((_, index) => !payloads[index]);
  };
  let waiting = await ask(Array.from({ length: 100 }, (_, number) => number));
  expect((await keysOf(two.client(0, token))).totalCount).toBe(outcomes.made);
  while (waiting.length > 0) waiting = [...(await ask(waiting.slice(0, 10))), ...waiting.slice(10)];
  expect(outcomes).toEqual({ made: 50, refused: 50 });
  expect((await keysOf(two.client(0, token))).totalCount).toBe(50);
}, 120_000);

test('accepts the old and new call key on one server while the other rotates it, in 20 rounds', async () => {
  const token = await register();
  const { id, ...first } = await newCallKeyOf(two.client(0, token));
  let { key } = first;
  for (let round = 0; round < 20; round += 1) {
    const [rotated, ...seen] = await Promise.all([
      rotateKey(two.client(round, token), id, 1),
      ...[0, 1, 2, 3].map((number) => verify(number, key)),
    ]);
    expect(seen).toEqual(['valid', 'valid', 'valid', 'valid']);
    const next = rotated.data.rotateCallKey!.key!;
    expect([await verify(0, key), await verify(1, next)]).toEqual(['valid', 'valid']);
    key = next;
  }
}, 120_000);

test('leaves one working call key after two concurrent rotations without grace, in 20 rounds', async () => {
  const token = await register();
  const { id, key } = await newCallKeyOf(two.client(0, token));
  for (let round = 0; round < 20; round += 1) {
    const answers = await Promise.all([0, 1].map((number) => rotateKey(two.client(number, token), id)));
    const secrets = answers.map(({ data }) => data.rotateCallKey!.key!);
    const seen = await Promise.all(secrets.map((secret, number) => verify(number, secret)));
    expect(seen.sort()).toEqual(['UNKNOWN', 'valid']);
    expect(await verify(round, key)).toBe('UNKNOWN');
  }
}, 120_000);

test('doesn’t restore a call key that is updated while it is being deleted, in 20 rounds', async () => {
  const token = await register();
  let overtaken = 0;
  for (let round = 0; round < 20; round += 1) {
    const { id, key } = await newCallKeyOf(two.client(round, token));
    const [changed, deleted] = await Promise.all([
      updateKey(two.client(0, token), { id, name: 'changed' }),
      deleteKeys(two.client(1, token), [id]),
    ]);
    expect(deleted).toSucceed();
    const { userErrors } = changed.data.updateCallKey!;
    if (userErrors.length > 0) {
      expect(changed).toBeRefusedWith(['NOT_FOUND', 'id']);
      overtaken += 1;
    }
    expect(await verify(round, key)).toBe('UNKNOWN');
    expect((await keysOf(two.client(0, token))).totalCount).toBe(0);
  }
  const events = await two.database.query<{ type: string; count: number }>(
    "select type, count(*)::int as count from security_events where type in ('CALL_KEY_UPDATED', 'CALL_KEY_DELETED') and account_id = (select account_id from sessions order by created_at desc limit 1) group by type",
  );
  expect(Object.fromEntries(events.map(({ type, count }) => [type, count]))).toEqual({
    CALL_KEY_DELETED: 20,
    ...(overtaken < 20 ? { CALL_KEY_UPDATED: 20 - overtaken } : {}),
  });
}, 120_000);

test('deletes each call key once, without a deadlock, when two servers delete in opposite order', async () => {
  const token = await register();
  for (let round = 0; round < 10; round += 1) {
    const ids: string[] = [];
    for (const _ of [1, 2, 3, 4]) ids.push((await newCallKeyOf(two.client(round, token))).id);
    const answers = await Promise.all([
      deleteKeys(two.client(0, token), ids),
      deleteKeys(two.client(1, token), [...ids].reverse()),
    ]);
    expect(answers.flatMap(({ data }) => data.deleteCallKeys?.deletedIds ?? []).sort()).toEqual([...ids].sort());
  }
}, 120_000);
