import { expect, test } from '@jest/globals';
import { buildSchema, graphql, type GraphQLSchema } from 'graphql';
import type { Role } from '../../src/rules/role.js';
import { authDefaults, type AuthRule } from '../../src/graphql-kit/auth-directive.js';
import type { Context } from '../../src/graphql-kit/context.js';
import { authorize, enforceAuth } from '../../src/graphql/auth/enforce-auth.js';
import { publicFields } from '../../src/graphql/auth/public-fields.js';
import { buildExecutableSchema, declareSchema } from '../../src/graphql/schema.js';
import type { ServiceScope } from '../../src/rules/service-scope.js';
import { accountScopes, type TokenScope } from '../../src/rules/token-scope.js';
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
  /** The scopes of a token; by default those of the API token. */
  readonly scopes?: readonly TokenScope[];
  /** The scopes of a SERVICE account. */
  readonly serviceScopes?: readonly ServiceScope[];
}

const contextOf = ({
  role = 'USER',
  credential = 'SESSION',
  twoFactor = false,
  steppedUpMinutesAgo = 0,
  requiredFor = [],
  scopes = accountScopes,
  serviceScopes = [],
}: Situation) =>
  ({
    now,
    config: { stepUpMs: 10 * MINUTE, twoFactorRequiredFor: requiredFor },
    viewer: role && {
      accountId: 'own',
      role,
      credential,
      scopes,
      serviceScopes,
      twoFactorEnabledAt: twoFactor ? now : null,
      steppedUpAt: new Date(now.getTime() - steppedUpMinutesAgo * MINUTE),
    },
  }) as unknown as Context;

function outcome(rule: Partial<AuthRule> & { readonly serviceScope?: ServiceScope }, situation: Situation): string {
  try {
    authorize({ ...authDefaults, ...rule }, contextOf(situation), situation.owns ? 'own' : 'other');
    return 'allowed';
  } catch (error) {
    return String((error as { extensions: { code: string } }).extensions.code);
  }
}

const both = ['SESSION', 'API_TOKEN'] as const;
const table: [string, Partial<AuthRule> & { readonly serviceScope?: ServiceScope }, Situation, string][] = [
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
    'SERVICE with the scope where SERVICE is required',
    { requires: 'SERVICE', accepts: ['API_TOKEN'], serviceScope: 'CREDENTIALS' },
    { role: 'SERVICE', credential: 'API_TOKEN', serviceScopes: ['CALL_KEYS', 'CREDENTIALS'] },
    'allowed',
  ],
  [
    'SERVICE with another scope where SERVICE is required',
    { requires: 'SERVICE', accepts: ['API_TOKEN'], serviceScope: 'CREDENTIALS' },
    { role: 'SERVICE', credential: 'API_TOKEN', serviceScopes: ['CALL_KEYS'] },
    'FORBIDDEN',
  ],
  [
    'SERVICE where SERVICE is required and no scope is given',
    { requires: 'SERVICE', accepts: ['API_TOKEN'] },
    { role: 'SERVICE', credential: 'API_TOKEN', serviceScopes: ['CALL_KEYS', 'CREDENTIALS'] },
    'FORBIDDEN',
  ],
  [
    'a session of SERVICE where SERVICE is required',
    { requires: 'SERVICE', accepts: both, serviceScope: 'CREDENTIALS' },
    { role: 'SERVICE', serviceScopes: ['CREDENTIALS'] },
    'FORBIDDEN',
  ],
  ['ROOT where SERVICE is required', { requires: 'SERVICE', accepts: both }, { role: 'ROOT' }, 'FORBIDDEN'],
  ['the owner where ADMIN is required', { requires: 'ADMIN' }, { owns: true }, 'FORBIDDEN'],
  ['the owner where ADMIN is required or self', { requires: 'ADMIN', orSelf: true }, { owns: true }, 'allowed'],
  ['another USER where ADMIN is required or self', { requires: 'ADMIN', orSelf: true }, {}, 'FORBIDDEN'],
  ['an API token where a session is required', {}, { credential: 'API_TOKEN' }, 'FORBIDDEN'],
  [
    'an API token where it is accepted, within its scopes',
    { accepts: both, scope: 'KEYS_WRITE' },
    { credential: 'API_TOKEN' },
    'allowed',
  ],
  ['a session where an API token is required', { accepts: ['API_TOKEN'] }, {}, 'FORBIDDEN'],
  [
    'an API token at its owner’s field',
    { requires: 'ADMIN', accepts: both, orSelf: true, scope: 'ACCOUNT_READ' },
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

table.push(
  [
    'a token without the scope',
    { accepts: both, scope: 'KEYS_WRITE' },
    { credential: 'API_TOKEN', scopes: ['KEYS_READ'] },
    'FORBIDDEN',
  ],
  ['a token where no scope is given', { accepts: both }, { credential: 'API_TOKEN' }, 'FORBIDDEN'],
  [
    'ADMIN’s token with the admin scope',
    { requires: 'ADMIN', accepts: both, adminScope: 'USERS_READ' },
    { role: 'ADMIN', credential: 'API_TOKEN', scopes: ['USERS_READ'] },
    'allowed',
  ],
  [
    'ADMIN’s token with only the scope of the own account',
    { requires: 'ADMIN', accepts: both, orSelf: true, scope: 'ACCOUNT_READ', adminScope: 'USERS_READ' },
    { role: 'ADMIN', credential: 'API_TOKEN', scopes: ['ACCOUNT_READ'] },
    'FORBIDDEN',
  ],
  [
    'USER’s token with an admin scope',
    { requires: 'ADMIN', accepts: both, adminScope: 'USERS_READ' },
    { credential: 'API_TOKEN', scopes: ['USERS_READ'] },
    'FORBIDDEN',
  ],
  [
    'ADMIN’s token without the required second factor',
    { requires: 'ADMIN', accepts: both, adminScope: 'USERS_READ' },
    { role: 'ADMIN', credential: 'API_TOKEN', scopes: ['USERS_READ'], requiredFor: ['ADMIN'] },
    'TWO_FACTOR_REQUIRED',
  ],
);

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

test('rejects a schema whose field for SERVICE has no service scope, or the other way round (R-120)', () => {
  expect(() =>
    enforceAuth(withRoots('type Query { secrets: Int @auth(requires: SERVICE, accepts: [API_TOKEN]) }')),
  ).toThrow('Query.secrets requires SERVICE, so it needs a service scope');
  expect(() => enforceAuth(withRoots('type Query { verifyCallKey: Int @auth }'))).toThrow(
    'Query.verifyCallKey doesn’t require SERVICE',
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

test('has exactly fourteen fields on the public list (R-70)', () => {
  expect([...publicFields].sort()).toEqual([
    'Mutation.cancelAccountDeletion',
    'Mutation.completeSetup',
    'Mutation.login',
    'Mutation.loginWithPasskey',
    'Mutation.logout',
    'Mutation.register',
    'Mutation.requestPasswordReset',
    'Mutation.resetPassword',
    'Mutation.revertEmailChange',
    'Mutation.startPasskeyLogin',
    'Mutation.startPasskeyRecovery',
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
