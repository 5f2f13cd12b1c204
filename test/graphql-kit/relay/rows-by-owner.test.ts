import { expect, test } from '@jest/globals';
import type { Context } from '../../../src/graphql-kit/context.js';
import type { PageRequest } from '../../../src/database/read/keyset.js';
import { pagesByOwner, rowsByOwner } from '../../../src/graphql-kit/relay/rows-by-owner.js';

const newRequest = () => ({}) as Context;
const [ada, bob] = ['ada', 'bob'];

interface Question {
  readonly model: string | null;
  readonly from?: Date;
}

/** A list with two rows per owner, and its log of statements. */
function newList() {
  const statements: { accountIds: readonly string[] | null; model: string | null }[] = [];
  const load = rowsByOwner((_context, accountIds: readonly string[] | null, { model }: Question) => {
    statements.push({ accountIds, model });
    const owners = accountIds ?? [ada, bob];
    return Promise.resolve([1, 2].flatMap((n) => owners.map((accountId) => ({ accountId, n, model }))));
  });
  return { load, statements };
}

test('loads the rows of many owners with one statement', async () => {
  const { load, statements } = newList();
  const context = newRequest();
  const owners = Array.from({ length: 50 }, (_, n) => `owner ${n}`);
  const answers = await Promise.all(owners.map((accountId) => load(context, { accountId, model: null })));
  expect(answers).toEqual(owners.map((accountId) => [1, 2].map((n) => ({ accountId, n, model: null }))));
  expect(statements).toEqual([{ accountIds: owners, model: null }]);
});

test('loads the rows of several owners with one statement for each distinct filter', async () => {
  const { load, statements } = newList();
  const context = newRequest();
  const asked = [
    { accountId: ada, model: null },
    { accountId: bob, model: null },
    { accountId: ada, model: 'one' },
    { accountId: ada, model: 'one', from: new Date(0) },
    { accountId: ada, model: 'one', from: new Date(1) },
  ];
  await Promise.all(asked.map((question) => load(context, question)));
  expect(statements).toEqual([
    { accountIds: [ada, bob], model: null },
    { accountIds: [ada], model: 'one' },
    { accountIds: [ada], model: 'one' },
    { accountIds: [ada], model: 'one' },
  ]);
});

test('loads the rows of all owners and of one owner with separate statements', async () => {
  const { load, statements } = newList();
  const context = newRequest();
  const [all, own] = await Promise.all([
    load(context, { accountId: null, model: null }),
    load(context, { accountId: ada, model: null }),
  ]);
  expect([all.length, own.length]).toEqual([4, 2]);
  expect(statements.map(({ accountIds }) => accountIds)).toEqual([null, [ada]]);
});

test('loads the same rows only once per request', async () => {
  const { load, statements } = newList();
  const context = newRequest();
  const question = { accountId: ada, model: null };
  await Promise.all([load(context, question), load(context, { ...question })]);
  await load(context, question);
  expect(statements).toHaveLength(1);
  await load(newRequest(), question);
  expect(statements).toHaveLength(2);
});

test('returns no rows for an owner who has none', async () => {
  const load = rowsByOwner((_context, _accountIds: readonly string[], _question: object) =>
    Promise.resolve([{ accountId: ada }]),
  );
  const context = newRequest();
  expect(await Promise.all([load(context, { accountId: ada }), load(context, { accountId: bob })])).toEqual([
    [{ accountId: ada }],
    [],
  ]);
});

test('limits the rows of each owner to one page', async () => {
  const load = pagesByOwner((_context, accountIds: readonly string[], { page }: { readonly page: PageRequest }) =>
    Promise.resolve(
      accountIds.flatMap((accountId) =>
        Array.from({ length: accountId === ada ? page.size + 1 : 1 }, (_, n) => ({ accountId, n })),
      ),
    ),
  );
  const context = newRequest();
  const page: PageRequest = { size: 2, backward: false, after: null, before: null };
  const [adasPage, bobsPage] = await Promise.all([
    load(context, { accountId: ada, page }),
    load(context, { accountId: bob, page }),
  ]);
  expect(adasPage).toMatchObject({ rows: [{ n: 0 }, { n: 1 }], hasNextPage: true });
  expect(bobsPage).toMatchObject({ rows: [{ n: 0 }], hasNextPage: false });
});
