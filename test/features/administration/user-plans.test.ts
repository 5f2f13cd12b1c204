import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { countUsers, findUsers, type UserSelection } from '../../../src/features/administration/find-users.js';
import type { UserOrder } from '../../../src/features/administration/user-order.js';
import type { Database } from '../../../src/database/connection/database.js';
import type { Reader } from '../../../src/database/read/select.js';
import { openTestDatabase, query } from '../../support/database.js';
import { manyAccounts } from '../../support/many-accounts.js';

/** Enough rows for the planner to choose an index. */
const ACCOUNTS = 20_000;

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  await query(database, manyAccounts(ACCOUNTS));
  await query(database, 'vacuum analyze accounts');
  await query(database, 'analyze two_factors');
}, 120_000);
afterAll(() => database.close());

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  Plans?: Plan[];
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** The plan of exactly the statement that Postern sends. */
async function stepsOf(read: (reader: Reader) => Promise<unknown>): Promise<Plan[]> {
  const plans: Plan[] = [];
  await read({
    ...database.reader,
    runAdHoc: async (text, values) => {
      const [row] = (await database.reader.runAdHoc(`explain (format json) ${text}`, values)) as [
        { 'QUERY PLAN': [{ Plan: Plan }] },
      ];
      plans.push(row['QUERY PLAN'][0].Plan);
      return [];
    },
  });
  return plans.flatMap(nodesOf);
}

const noneLeftOut: UserSelection = { search: null, role: null, status: null, twoFactorEnabled: null };
const orders = (['CREATED_AT', 'USERNAME', 'LAST_LOGIN_AT'] as const).flatMap((field) =>
  (['ASC', 'DESC'] as const).map((direction): UserOrder => ({ field, direction })),
);
const id = '01890000-0000-7000-8000-000000000001';
const placeIn = {
  CREATED_AT: '2020-01-10T00:00:00.000000Z',
  LAST_LOGIN_AT: '2026-01-01T01:00:00.000000Z',
  USERNAME: 'frank',
} as const;

const selections: readonly Partial<UserSelection>[] = [
  {},
  { search: 'smith1234' },
  { search: 'smith' },
  { search: 'no such user' },
  { search: 'tanaka77@mail' },
  { search: '@mail7.' },
  { search: 'an' },
  { search: 'z' },
  { search: 'qq' },
  { search: 'a..' },
  { search: '_b' },
  { search: 'a@m' },
  { role: 'USER' },
  { role: 'ADMIN' },
  { role: 'ROOT' },
  { role: 'SERVICE' },
  { status: 'ACTIVE' },
  { status: 'DISABLED' },
  { status: 'DELETED' },
  { twoFactorEnabled: true },
  { twoFactorEnabled: false },
  { search: 'weber', role: 'ADMIN' },
  { search: 'kim', status: 'DISABLED', twoFactorEnabled: false },
  { role: 'ADMIN', status: 'ACTIVE', twoFactorEnabled: true },
];

describe.each(orders)('ordered by %j', (order) => {
  test.each(selections)(
    'finds users by %j with an index, on every page and in both directions (R-68)',
    async (selection) => {
      const place = { value: placeIn[order.field], id };
      for (const page of [
        { after: null, before: null },
        { after: place, before: null },
        { after: null, before: place },
      ]) {
        for (const backward of [false, true]) {
          const steps = await stepsOf((reader) =>
            findUsers(reader, { ...noneLeftOut, ...selection }, order, { ...page, size: 20, backward }),
          );
          expect(
            steps.filter((step) => step['Node Type'].includes('Seq Scan') && step['Relation Name'] === 'accounts'),
          ).toEqual([]);
          expect(steps.some((step) => step['Index Name']?.startsWith('accounts_'))).toBe(true);
        }
      }
    },
  );
});

test.each(['tanaka1234', 'no such user', 'tanaka77@mail', 'a@m'])(
  'finds and counts users matching %j with the trigram index (R-68)',
  async (search) => {
    const selection = { ...noneLeftOut, search };
    for (const steps of [
      await stepsOf((reader) => countUsers(reader, selection)),
      await stepsOf((reader) =>
        findUsers(
          reader,
          selection,
          { field: 'CREATED_AT', direction: 'DESC' },
          { after: null, before: null, size: 20, backward: false },
        ),
      ),
    ]) {
      expect(steps.map((step) => step['Index Name']).filter(Boolean)).toContain('accounts_search');
    }
  },
);

test.each(['_', '@@@', '%_%', '...', 'мария'])(
  'reads no table for %j, which no username or email address can contain (R-68)',
  async (search) => {
    const selection = { ...noneLeftOut, search };
    for (const steps of [
      await stepsOf((reader) => countUsers(reader, selection)),
      await stepsOf((reader) =>
        findUsers(
          reader,
          selection,
          { field: 'CREATED_AT', direction: 'DESC' },
          { after: null, before: null, size: 20, backward: false },
        ),
      ),
    ]) {
      expect(steps.filter((step) => step['Relation Name'])).toEqual([]);
    }
  },
);

test('counts users one by one up to a limit, and estimates more', async () => {
  expect(await countUsers(database.reader, noneLeftOut, ACCOUNTS)).toBe(ACCOUNTS);
  const estimate = await countUsers(database.reader, noneLeftOut, ACCOUNTS - 1);
  expect(estimate).toBeGreaterThanOrEqual(ACCOUNTS);
  expect(estimate).toBeLessThan(ACCOUNTS * 1.1);
  const few = { ...noneLeftOut, search: 'smith1234' };
  const found = await countUsers(database.reader, few);
  expect(await countUsers(database.reader, few, 2)).toBeGreaterThanOrEqual(Math.min(found, 3));
});
