import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { deleteKeys, keysOf, newCallKeyOf, rotateKey } from '../call-key/own-keys.js';
import type { Client } from '../../support/client.js';
import type { UsageEntryInput } from '../../support/generated/graphql.js';
import { newUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { call, newCallKey, newGateway, report, type TestCallKey } from './gateway.js';
import { logs, usage } from './read-usage.js';

let postern: TestPostern;
let gateway: Client;
beforeAll(async () => {
  postern = await startPostern();
  gateway = await newGateway(postern);
});
afterAll(() => postern.close());

const RUNS = { numRuns: 15 };
const ago = (milliseconds: number) => new Date(postern.clock.read().getTime() - milliseconds);

/** A time within the last thirty days, which span at least two months. Many times coincide. */
const time = fc.oneof(fc.constantFrom(0, 1, 3_600_000), fc.nat(30 * 24 * 3_600_000));

/** One read of a list: its size, its direction, and what is added before the next read. */
const look = <Added>(added: fc.Arbitrary<Added>) =>
  fc.record({ size: fc.integer({ min: 1, max: 7 }), backward: fc.boolean(), added: fc.array(added, { maxLength: 3 }) });

/** Reads a page of a list as clients do. */
type ReadPage = (wish: { first?: number; last?: number; after?: string; before?: string }) => Promise<{
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean };
}>;

/**
 * Reads a list from both ends with the given reads, then in pages of ten, until they meet. @returns what it saw, in
 * order
 */
async function walk<Added>(
  read: ReadPage,
  attempts: readonly { size: number; backward: boolean; added: readonly Added[] }[],
  add: (added: readonly Added[]) => Promise<unknown>,
): Promise<string[]> {
  const [newer, older]: [string[], string[]] = [[], []];
  const place: { after?: string; before?: string } = {};
  for (let turn = 0; ; turn += 1) {
    const { size, backward, added } = attempts[turn] ?? { size: 10, backward: false, added: [] };
    const { edges, pageInfo } = await read({ ...place, ...(backward ? { last: size } : { first: size }) });
    const ids = edges.map(({ node }) => node.id);
    if (backward) older.unshift(...ids);
    else newer.push(...ids);
    if (!(backward ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) return [...newer, ...older];
    if (backward) place.before = edges[0]!.cursor;
    else place.after = edges.at(-1)!.cursor;
    await add(added);
  }
}

test('lists every usage log once, for any page size and direction, while calls are recorded', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(time, { maxLength: 40 }),
      fc.array(look(time), { maxLength: 8 }),
      async (times, attempts) => {
        const user = await newUser(postern);
        const key = await newCallKey(postern, user);
        const record = (times: readonly number[]) =>
          report(
            gateway,
            times.map((time) => call(key, ago(time))),
          );
        await record(times);
        const before = (await logs(user.client, { first: 100 })).edges.map(({ node }) => node.id);
        expect(before).toHaveLength(times.length);
        const seen = await walk((wish) => logs(user.client, wish), attempts, record);
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen.filter((id) => before.includes(id))).toEqual(before);
      },
    ),
    RUNS,
  );
});

test('lists every call key once, for any page size and direction, while keys are created', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(20), fc.array(look(fc.constant('another')), { maxLength: 5 }), async (count, attempts) => {
      const user = await newUser(postern);
      const make = async (names: readonly string[]) => {
        for (const name of names) await newCallKey(postern, user, { name });
      };
      await make(Array.from({ length: count }, () => 'a key'));
      const before = (await keysOf(user.client, { first: 100 })).edges.map(({ node }) => node.id);
      expect(before).toHaveLength(count);
      const seen = await walk((wish) => keysOf(user.client, wish), attempts, make);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.filter((id) => before.includes(id))).toEqual(before);
    }),
    RUNS,
  );
});

const oneOfThree = fc.nat(2);

/** An action on a user's keys. There are few distinct calls, so many are reported again. */
const operation = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .array(fc.record({ key: oneOfThree, number: fc.nat(9) }), { minLength: 1, maxLength: 8 })
      .map((calls) => ({ kind: 'report', calls }) as const),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('rotate' as const), key: oneOfThree, graceHours: fc.nat(168) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), key: oneOfThree }) },
);

/** A call by key and number, the same whenever it is reported. */
const callOf = (keys: readonly Pick<TestCallKey, 'id'>[], key: number, number: number): UsageEntryInput =>
  call(keys[key]!, ago(number * 7 * 3_600_000 + number), {
    requestId: `call ${number}`,
    quota: number * number,
    type: number % 4 === 3 ? 'ERROR' : 'CONSUME',
  });

const sumOf = (entries: readonly UsageEntryInput[]) => ({
  requests: entries.length,
  errors: entries.filter(({ type }) => type === 'ERROR').length,
  promptTokens: 10 * entries.length,
  completionTokens: 5 * entries.length,
  quota: entries.reduce((sum, { quota }) => sum + Number(quota), 0),
});

test('keeps quotas and totals exact under concurrent reports, rotations and deletions', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(operation, { minLength: 1, maxLength: 3 }), { maxLength: 6 }),
      fc.tuple(...Array.from({ length: 3 }, () => fc.option(fc.nat(300)))),
      time,
      async (turns, quotas, since) => {
        const { client } = await newUser(postern);
        const keys: Pick<TestCallKey, 'id'>[] = [];
        for (const quota of quotas) keys.push(await newCallKeyOf(client, { quota }));
        const counted = new Map<string, UsageEntryInput>();
        for (const turn of turns) {
          await Promise.all(
            turn.map(async (done) => {
              if (done.kind === 'rotate') return rotateKey(client, keys[done.key]!.id, done.graceHours);
              if (done.kind === 'delete') return deleteKeys(client, [keys[done.key]!.id]);
              const entries = done.calls.map(({ key, number }) => callOf(keys, key, number));
              expect((await report(gateway, entries)).data.recordUsage).toMatchObject({ rejected: [] });
              done.calls.forEach(({ key, number }, index) => counted.set(`${key} ${number}`, entries[index]!));
              return undefined;
            }),
          );
        }
        const ofKey = (id: string) => [...counted.values()].filter(({ callKeyId }) => callKeyId === id);
        for (const { node } of (await keysOf(client)).edges) {
          const { quota: used } = sumOf(ofKey(node.id));
          const given = quotas[keys.findIndex(({ id }) => id === node.id)]!;
          expect([node.quotaUsed, node.quotaLeft]).toEqual([used, given === null ? null : Math.max(0, given - used)]);
        }
        expect((await usage(client)).usageSummary).toMatchObject(sumOf([...counted.values()]));
        const from = ago(since).toISOString();
        expect((await usage(client, { from })).usageSummary).toMatchObject(
          sumOf([...counted.values()].filter(({ at }) => String(at) >= from)),
        );
        for (const { id } of keys)
          expect((await usage(client, { callKeyId: id })).usageSummary).toMatchObject(sumOf(ofKey(id)));
      },
    ),
    RUNS,
  );
});
