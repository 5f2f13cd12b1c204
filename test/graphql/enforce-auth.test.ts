import { expect, test } from '@jest/globals';
import { buildSchema, graphql, type GraphQLSchema } from 'graphql';
import type { Role } from '../../src/rules/role.js';
import { authDefaults, type AuthRule } from '../../src/graphql-kit/auth-directive.js';
import type { Context } from '../../src/graphql-kit/context.js';
import { authorize, enforceAuth } from '../../src/graphql/auth/enforce-auth.js';
import { publicFields } from '../../src/graphql/auth/public-fields.js';
import { buildExecutableSchema, declareSchema } from '../../src/graphql/schema.js';
import type { Credential } from '../../src/rules/viewer.js';

const now = new Date('2026-11-23T12:00:00Z');
const MINUTE = 60_000;

interface Situation {
  readonly role?: Role | null;
  readonly credential?: Credential;
  readonly twoFactor?: boolean;
  readonly steppedUpMinutesAgo?: number;
  readonly requiredFor?: readonly Role[];
  readonly owns?: boolean;
}

const contextOf = ({
  role = 'USER',
  credential = 'SESSION',
  twoFactor = false,
  steppedUpMinutesAgo = 0,
  requiredFor = [],
}: Situation) =>
  ({
    now,
    config: { stepUpMs: 10 * MINUTE, twoFactorRequiredFor: requiredFor },
    viewer: role && {
      accountId: 'own',
      role,
      credential,
      twoFactorEnabledAt: twoFactor ? now : null,
      steppedUpAt: new Date(now.getTime() - steppedUpMinutesAgo * MINUTE),
    },
  }) as unknown as Context;

function outcome(rule: Partial<AuthRule>, situation: Situation): string {
  try {
    authorize({ ...authDefaults, ...rule }, contextOf(situation), situation.owns ? 'own' : 'other');
    return 'allowed';
  } catch (error) {
    return String((error as { extensions: { code: string } }).extensions.code);
  }
}

const both = ['SESSION', 'API_TOKEN'] as const;
const table: [string, Partial<AuthRule>, Situation, string][] = [
  ['an anonymous caller at @auth', {}, { role: null }, 'UNAUTHENTICATED'],
  ['an anonymous caller where the owner is allowed', { orSelf: true }, { role: null }, 'UNAUTHENTICATED'],
  ['USER at @auth', {}, {}, 'allowed'],
  ['ADMIN at @auth', {}, { role: 'ADMIN' }, 'allowed'],
  ['SERVICE at @auth', {}, { role: 'SERVICE' }, 'FORBIDDEN'],
  ['USER where ADMIN is required', { requires: 'ADMIN' }, {}, 'FORBIDDEN'],
  ['ADMIN where ADMIN is required', { requires: 'ADMIN' }, { role: 'ADMIN' }, 'allowed'],
  ['ROOT where ADMIN is required', { requires: 'ADMIN' }, { role: 'ROOT' }, 'allowed'],
  ['ADMIN where ROOT is required', { requires: 'ROOT' }, { role: 'ADMIN' }, 'FORBIDDEN'],
  [
    'SERVICE where ADMIN is required',
    { requires: 'ADMIN', accepts: both },
    { role: 'SERVICE', credential: 'API_TOKEN' },
    'FORBIDDEN',
  ],
  [
    'SERVICE where SERVICE is required',
    { requires: 'SERVICE', accepts: ['API_TOKEN'] },
    { role: 'SERVICE', credential: 'API_TOKEN' },
    'allowed',
  ],
  ['ROOT where SERVICE is required', { requires: 'SERVICE', accepts: both }, { role: 'ROOT' }, 'FORBIDDEN'],
  ['the owner where ADMIN is required', { requires: 'ADMIN' }, { owns: true }, 'FORBIDDEN'],
  ['the owner where ADMIN is required or self', { requires: 'ADMIN', orSelf: true }, { owns: true }, 'allowed'],
  ['another USER where ADMIN is required or self', { requires: 'ADMIN', orSelf: true }, {}, 'FORBIDDEN'],
  ['an API token where a session is required', {}, { credential: 'API_TOKEN' }, 'FORBIDDEN'],
  ['an API token where it is accepted', { accepts: both }, { credential: 'API_TOKEN' }, 'allowed'],
  ['a session where an API token is required', { accepts: ['API_TOKEN'] }, {}, 'FORBIDDEN'],
  [
    'an API token at its owner’s field',
    { requires: 'ADMIN', accepts: both, orSelf: true },
    { credential: 'API_TOKEN', owns: true },
    'allowed',
  ],
  [
    'ROOT’s API token at another user’s field',
    { requires: 'ADMIN', accepts: both, orSelf: true },
    { credential: 'API_TOKEN', role: 'ROOT' },
    'FORBIDDEN',
  ],
  [
    'ADMIN without two-factor authentication where ADMIN needs it',
    { requires: 'ADMIN' },
    { role: 'ADMIN', requiredFor: ['ADMIN', 'ROOT'] },
    'TWO_FACTOR_REQUIRED',
  ],
  [
    'ROOT without it where ROOT needs it',
    { requires: 'ADMIN' },
    { role: 'ROOT', requiredFor: ['ROOT'] },
    'TWO_FACTOR_REQUIRED',
  ],
  [
    'ADMIN without it where only ROOT needs it',
    { requires: 'ADMIN' },
    { role: 'ADMIN', requiredFor: ['ROOT'] },
    'allowed',
  ],
  [
    'ADMIN with it',
    { requires: 'ADMIN' },
    { role: 'ADMIN', twoFactor: true, requiredFor: ['ADMIN', 'ROOT'] },
    'allowed',
  ],
  [
    'ADMIN without it at their own field',
    { requires: 'ADMIN', orSelf: true },
    { role: 'ADMIN', owns: true, requiredFor: ['ADMIN', 'ROOT'] },
    'allowed',
  ],
  ['ADMIN without it at a field for every user', {}, { role: 'ADMIN', requiredFor: ['ADMIN', 'ROOT'] }, 'allowed'],
  ['USER without it where ADMIN needs it', { requires: 'ADMIN' }, { requiredFor: ['ADMIN', 'ROOT'] }, 'FORBIDDEN'],
  ['a session stepped up ten minutes ago, at step-up', { stepUp: true }, { steppedUpMinutesAgo: 10 }, 'allowed'],
  [
    'a session stepped up eleven minutes ago, at step-up',
    { stepUp: true },
    { steppedUpMinutesAgo: 11 },
    'STEP_UP_REQUIRED',
  ],
  [
    'ROOT stepped up eleven minutes ago, at step-up',
    { requires: 'ADMIN', stepUp: true },
    { role: 'ROOT', steppedUpMinutesAgo: 11 },
    'STEP_UP_REQUIRED',
  ],
  [
    'USER without step-up, where ADMIN and step-up are required',
    { requires: 'ADMIN', stepUp: true },
    { steppedUpMinutesAgo: 11 },
    'FORBIDDEN',
  ],
  [
    'the owner stepped up eleven minutes ago, at step-up',
    { requires: 'ADMIN', orSelf: true, stepUp: true },
    { owns: true, steppedUpMinutesAgo: 11 },
    'STEP_UP_REQUIRED',
  ],
];

test.each(table)('evaluates @auth for %s', (_who, rule, situation, expected) => {
  expect(outcome(rule, situation)).toBe(expected);
});

test('doesn’t treat a field without an owner as owned by the caller', () => {
  expect(() => authorize({ ...authDefaults, requires: 'ADMIN', orSelf: true }, contextOf({}), undefined)).toThrow(
    'You don’t have permission to do this.',
  );
});

const directive = `
  enum Role { USER ADMIN ROOT SERVICE }
  enum Credential { SESSION API_TOKEN }
  directive @auth(requires: Role! = USER, accepts: [Credential!]! = [SESSION], orSelf: Boolean! = false, stepUp: Boolean! = false) on FIELD_DEFINITION
`;
const withRoots = (roots: string): GraphQLSchema => buildSchema(directive + roots);

test.each([
  ['query', 'type Query { me: Int, secrets: Int }', 'Query.secrets'],
  [
    'mutation',
    'type Query { me: Int } type Mutation { login: Int, deleteEverything: Int }',
    'Mutation.deleteEverything',
  ],
  ['query whose type has another name', 'schema { query: Reading } type Reading { me: Int }', 'Reading.me'],
])('rejects a schema with a %s that has no @auth and isn’t on the public list (R-70)', (_what, roots, name) => {
  expect(() => enforceAuth(withRoots(roots))).toThrow(
    `${name} has no @auth and is not on the reviewed list of public fields`,
  );
});

test('rejects a schema whose field with @auth isn’t nullable (R-70)', () => {
  expect(() => enforceAuth(withRoots('type Query { secrets: Int! @auth }'))).toThrow(
    'Query.secrets is guarded, so it must be nullable',
  );
  expect(() =>
    enforceAuth(withRoots('type Query { me: User } type User { email: String! @auth(orSelf: true) }')),
  ).toThrow('User.email is guarded, so it must be nullable');
});

test('rejects a schema with a field that has @auth and is on the public list (R-70)', () => {
  expect(() => enforceAuth(withRoots('type Query { me: Int @auth }'))).toThrow(
    'Query.me has @auth and is also on the list of public fields',
  );
});

test('enforces @auth at run time on root fields and on fields of objects (R-70)', async () => {
  const schema = enforceAuth(
    withRoots(
      'type Query { secret: Int @auth, me: User } type User { name: String, email: String @auth(requires: ADMIN, orSelf: true) }',
    ),
  );
  const ask = async (situation: Situation, accountId = 'other') => {
    const rootValue = { secret: 1, me: { accountId, name: 'anna', email: 'anna@example.org' } };
    const { data, errors } = await graphql({
      schema,
      source: '{ secret me { name email } }',
      rootValue,
      contextValue: contextOf(situation),
    });
    return [data?.['secret'], data?.['me'], ...(errors ?? []).map(({ extensions }) => extensions['code'])];
  };
  expect(await ask({ role: null })).toEqual([
    null,
    { name: 'anna', email: null },
    'UNAUTHENTICATED',
    'UNAUTHENTICATED',
  ]);
  expect(await ask({})).toEqual([1, { name: 'anna', email: null }, 'FORBIDDEN']);
  expect(await ask({}, 'own')).toEqual([1, { name: 'anna', email: 'anna@example.org' }]);
  expect(await ask({ role: 'ADMIN' })).toEqual([1, { name: 'anna', email: 'anna@example.org' }]);
});

test('runs no resolver of a field that @auth denies to the caller (R-70)', async () => {
  const schema = withRoots('type Query { me: Int } type Mutation { wipe: Int @auth(requires: ROOT) }');
  let ran = 0;
  schema.getMutationType()!.getFields()['wipe']!.resolve = () => (ran += 1);
  const run = (situation: Situation) =>
    graphql({
      schema: enforceAuth(schema),
      source: 'mutation { a: wipe b: wipe }',
      contextValue: contextOf(situation),
    });
  await run({ role: null });
  await run({ role: 'ADMIN' });
  expect(ran).toBe(0);
  await run({ role: 'ROOT' });
  expect(ran).toBe(2);
});

test('has exactly ten fields on the public list (R-70)', () => {
  expect([...publicFields].sort()).toEqual([
    'Mutation.completeSetup',
    'Mutation.login',
    'Mutation.logout',
    'Mutation.register',
    'Mutation.requestPasswordReset',
    'Mutation.resetPassword',
    'Mutation.revertEmailChange',
    'Mutation.verifySecondFactor',
    'Query.me',
    'Query.policy',
  ]);
});

test('has all fields on the public list in the schema, and @auth on all other root fields (R-70)', () => {
  const schema = declareSchema();
  const roots = [schema.getQueryType()!, schema.getMutationType()!].flatMap((type) =>
    Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field] as const),
  );
  const guarded = roots
    .filter(([, { astNode }]) => astNode?.directives?.some(({ name }) => name.value === 'auth'))
    .map(([name]) => name);
  expect([...publicFields, ...guarded].sort()).toEqual(roots.map(([name]) => name).sort());
  expect(buildExecutableSchema).not.toThrow();
});
