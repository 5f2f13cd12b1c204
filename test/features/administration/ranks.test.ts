import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { getDirective } from '@graphql-tools/utils';
import { getNamedType, isInputObjectType } from 'graphql';
import { AccountEntity } from '../../../src/features/account/account.entity.js';
import type { Role } from '../../../src/rules/role.js';
import { newId } from '../../../src/database/connection/id.js';
import { declareSchema } from '../../../src/graphql/schema.js';
import { toGlobalId } from '../../../src/rules/global-id.js';
import { newApiToken, program } from '../api-token/own-token.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { newUsername, signIn } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { ruleContext } from '../../support/rule-context.js';
import { newUserOfRole } from './administrators.js';
import { act, actsOnUsers, type ActName } from './actions.js';

const schema = declareSchema();

/**
 * Every mutation for administrators that names a user. A new one joins the matrix automatically and fails until it is
 * in `acts.ts`.
 */
const acts = Object.values(schema.getMutationType()!.getFields())
  .filter((field) => getDirective(schema, field, 'auth')?.[0]?.['requires'] === 'ADMIN')
  .filter(({ args }) =>
    args.some(({ type }) => {
      const input = getNamedType(type);
      return isInputObjectType(input) && 'userId' in input.getFields();
    }),
  )
  .map(({ name }) => name as ActName);

const ranks: Readonly<Record<Role, number>> = { USER: 1, ADMIN: 2, SERVICE: 2, ROOT: 3 };
/** What ROOT can do to another ROOT. */
const amongRoots: readonly ActName[] = ['setUserStatus', 'setUserRole', 'resetUserTwoFactor', 'sendUserPasswordReset'];

/** The rule, implemented independently of the code under test. */
function expectedOf(actor: Role, credential: string, target: Role, name: ActName): string {
  if (actor === 'USER' || credential === 'API token') return 'FORBIDDEN';
  if (actor === 'ROOT' && target === 'ROOT') return amongRoots.includes(name) ? 'allowed' : 'RANK';
  return ranks[actor] > ranks[target] ? 'allowed' : 'RANK';
}

let postern: TestPostern;
const callers: { readonly role: Role; readonly credential: string; readonly client: Client }[] = [];
beforeAll(async () => {
  postern = await startPostern();
  for (const role of ['USER', 'ADMIN', 'ROOT'] as const) {
    const user = await newUserOfRole(postern, role);
    callers.push(
      { role, credential: 'cookie', client: user.client },
      { role, credential: 'bearer token', client: await signIn(postern, user, 'BEARER') },
      { role, credential: 'API token', client: program(postern, await newApiToken(user.client)) },
    );
  }
});
afterAll(() => postern.close());

async function newTarget(role: Role): Promise<string> {
  const { em, now } = ruleContext(postern);
  const id = newId(now);
  await em.insert(AccountEntity, {
    id,
    username: newUsername(),
    role,
    serviceScopes: role === 'SERVICE' ? ['CALL_KEYS'] : null,
    status: 'ACTIVE' as const,
    authVersion: 1,
    createdAt: now,
  });
  return id;
}

const extras: Partial<Record<ActName, Record<string, unknown>>> = {
  setUserStatus: { status: 'DISABLED' },
  setUserRole: { role: 'USER' },
};
const rowOf = (id: string) => query(postern.database, 'select * from accounts where id = ?', [id]);

test('lists every administrative mutation of the schema that takes a user ID', () => {
  expect([...acts].sort()).toEqual([...actsOnUsers].sort());
});

/** Mutations of a ROOT that change no account. */
const onWebhooks = [
  'createWebhook',
  'updateWebhook',
  'rotateWebhookSecret',
  'deleteWebhook',
  'testWebhook',
  'redeliverWebhook',
];

/** Those that only send what was sent before, or a test. */
const withoutStepUp = ['testWebhook', 'redeliverWebhook'];

test('requires a recent step-up for every administrative mutation that changes something (R-61, R-74)', () => {
  const rules = Object.values(schema.getMutationType()!.getFields()).map(
    (field) => [field.name, getDirective(schema, field, 'auth')?.[0]] as const,
  );
  const administrative = rules.filter(([, rule]) => rule?.['requires'] === 'ADMIN' || rule?.['requires'] === 'ROOT');
  expect(administrative.map(([name]) => name).sort()).toEqual(['createUser', ...actsOnUsers, ...onWebhooks].sort());
  expect(
    administrative
      .filter(([, rule]) => rule!['stepUp'] !== true)
      .map(([name]) => name)
      .sort(),
  ).toEqual(withoutStepUp.sort());
});

test.each(acts)('%s changes nothing without a session and a sufficient role (R-62, R-71)', async (name) => {
  const outcomes: Record<string, string> = {};
  const expected: Record<string, string> = {};
  for (const { role, credential, client } of callers) {
    for (const target of ['USER', 'ADMIN', 'ROOT', 'SERVICE'] as const) {
      const [id, key] = [await newTarget(target), `${role} by ${credential} on ${target}`];
      const before = await rowOf(id);
      const { data, errors } = await act(client, name, { userId: toGlobalId('User', id), ...extras[name] });
      const code =
        errors[0]?.extensions['code'] ?? (data[name]?.userErrors as { code: string }[] | undefined)?.[0]?.code;
      outcomes[key] = code === 'RANK' || code === 'FORBIDDEN' ? code : 'allowed';
      expected[key] = expectedOf(role, credential, target, name);
      if (outcomes[key] !== 'allowed') expect(await rowOf(id)).toEqual(before);
    }
  }
  expect(outcomes).toEqual(expected);
});
