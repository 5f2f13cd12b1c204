import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getDirective } from '@graphql-tools/utils';
import {
  execute,
  getNamedType,
  isCompositeType,
  isObjectType,
  isRequiredArgument,
  parse,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import type { Role } from '../../src/rules/role.js';
import { toUser } from '../../src/features/account/user.type.js';
import { findViewerByAccessToken } from '../../src/features/access-token/find-viewer-by-access-token.js';
import { findViewerByApiToken } from '../../src/features/api-token/find-viewer-by-api-token.js';
import { authDefaults, type AuthRule } from '../../src/graphql-kit/auth-directive.js';
import type { Context } from '../../src/graphql-kit/context.js';
import type { Viewer } from '../../src/rules/viewer.js';
import { publicFields } from '../../src/graphql/auth/public-fields.js';
import { buildExecutableSchema, declareSchema } from '../../src/graphql/schema.js';
import { withUserErrors } from '../../src/graphql-kit/user-errors.js';
import { findViewerBySession } from '../../src/features/session/find-viewer-by-session.js';
import { NIL_ID } from '../../src/database/connection/id.js';
import { newSetupToken } from '../features/sign-up/sign-up-as.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { ruleContext } from '../support/rule-context.js';
import { goodValue } from './argument-corpus.js';
import { everyCaller, type Arrival, type Caller } from './callers.js';

/** A field of the schema with its `@auth` rule; null when it has none. */
interface Placed {
  readonly name: string;
  readonly type: string;
  readonly field: GraphQLField<unknown, unknown>;
  readonly rule: AuthRule | null;
}

const schema = declareSchema();
const placed: Placed[] = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .flatMap((type) =>
    Object.values(type.getFields()).map((field) => {
      const [given] = getDirective(schema, field, 'auth') ?? [];
      return {
        name: `${type.name}.${field.name}`,
        type: type.name,
        field,
        rule: given ? ({ ...authDefaults, ...given } as AuthRule) : null,
      };
    }),
  );
const roots = placed.filter(({ type }) => type === 'Query' || type === 'Mutation');
const guardedObjectFields = placed.filter(({ type, rule }) => rule && type !== 'Query' && type !== 'Mutation');
const guardedFields = guardedObjectFields.filter(({ type }) => type === 'User');
/** Those of objects that only lists return. */
const guardedFieldsOfEntries = guardedObjectFields.filter(({ type }) => type !== 'User');

/** The public fields that an API token can use. The others are for signing in and out. */
const openToTokens = ['Query.me', 'Query.policy'];

/** The guarded fields that need no scope. */
const withoutScope = ['Query.node', 'Query.accessToken'];

/** The mutations of a session that skipped the second factor in a trusted browser (R-111). */
const allowedWithoutSecondFactor = [
  'Mutation.confirmIdentity',
  'Mutation.startPasskeyConfirmation',
  'Mutation.revokeSession',
  'Mutation.revokeOtherSessions',
  'Mutation.setLocale',
  'Mutation.forgetTrustedBrowsers',
];

/** The fields for SERVICE accounts, with the scope that their token needs (R-120). */
const serviceScopeOf: Readonly<Record<string, string>> = {
  'Query.verifyCallKey': 'CALL_KEYS',
  'Mutation.recordUsage': 'CALL_KEYS',
  'Query.verifyCredential': 'CREDENTIALS',
};

const rank: Readonly<Record<Role, number>> = { SERVICE: 0, USER: 1, ADMIN: 2, ROOT: 3 };

/** The expected outcome of `@auth`, implemented independently of the code under test. */
function expectedOf(
  { name, rule }: Placed,
  {
    credential,
    role = 'USER',
    steppedUp = false,
    twoFactor = false,
    skippedFactor = false,
    scopes = [],
    serviceScopes = ['CALL_KEYS', 'CREDENTIALS'],
  }: Caller,
  owns: boolean,
): string {
  if (credential === 'REFUSED') return 'UNAUTHENTICATED';
  if (rule === null) return credential === 'API_TOKEN' && !openToTokens.includes(name) ? 'FORBIDDEN' : 'allowed';
  if (credential === null) return 'UNAUTHENTICATED';
  // The request is for another user, whom administrators can see.
  const seesUsers = credential === 'SESSION' || scopes.includes('USERS_READ');
  if (name === 'Query.node' && seesUsers && rank[role] >= rank.ADMIN && (!twoFactor || skippedFactor))
    return 'TWO_FACTOR_REQUIRED';
  const asOwner = owns && rule.orSelf;
  const hasRole =
    rule.requires === 'SERVICE' ? role === 'SERVICE' : role !== 'SERVICE' && rank[role] >= rank[rule.requires];
  const administers = !asOwner && (rule.requires === 'ADMIN' || rule.requires === 'ROOT');
  if (!rule.accepts.includes(credential) || !(asOwner || hasRole)) return 'FORBIDDEN';
  if (rule.requires === 'SERVICE')
    return serviceScopes.some((scope) => scope === serviceScopeOf[name]) ? 'allowed' : 'FORBIDDEN';
  if (credential === 'API_TOKEN' && !withoutScope.includes(name)) {
    const isWithin = (scope: AuthRule['scope']) => scope !== null && scopes.includes(scope);
    if (!((!administers && isWithin(rule.scope)) || isWithin(rule.adminScope))) return 'FORBIDDEN';
  }
  if (administers && (!twoFactor || skippedFactor)) return 'TWO_FACTOR_REQUIRED';
  if (skippedFactor && name.startsWith('Mutation.') && !allowedWithoutSecondFactor.includes(name))
    return 'STEP_UP_REQUIRED';
  return rule.stepUp && !steppedUp ? 'STEP_UP_REQUIRED' : 'allowed';
}

/** The field's selection in a document, with valid required arguments. */
function selectionOf({ field }: Placed) {
  const required = field.args.filter(isRequiredArgument);
  const given = required.map(({ name }) => `${name}: $${name}`).join(', ');
  return {
    declarations:
      required.length > 0 ? `(${required.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ')})` : '',
    selection: `${field.name}${given ? `(${given})` : ''}${isCompositeType(getNamedType(field.type)) ? ' { __typename }' : ''}`,
    variables: Object.fromEntries(required.map(({ name, type }) => [name, goodValue(type)])),
  };
}

/** Rate limits come after the guard, so a limited caller was allowed. */
const letIn = new Set(['RATE_LIMITED']);
const outcomeOf = (errors: readonly { extensions: Record<string, unknown> }[]) => {
  const [code] = errors.map(({ extensions }) => String(extensions['code']));
  return code === undefined || letIn.has(code) ? 'allowed' : code;
};

let postern: TestPostern;
let callers: Caller[];
beforeAll(async () => {
  postern = await startPostern({ TWO_FACTOR_REQUIRED_FOR: 'ADMIN,ROOT', IDENTITY_AUDIENCES: 'console' });
  callers = everyCaller({ setup: (await newSetupToken(postern))! });
});
afterAll(() => postern.close());

const seen: Record<string, number> = {};

/** The actual and the expected outcome for each caller. Each has a new account, so none affects the next. */
async function meet(
  field: Placed,
  owns: boolean,
  ask: (arrival: Arrival, caller: Caller) => Promise<string>,
  of = callers,
) {
  const outcomes: Record<string, string> = {};
  const expected: Record<string, string> = {};
  for (const caller of of) {
    outcomes[caller.name] = await ask(await caller.arrive(postern), caller);
    expected[caller.name] = expectedOf(field, caller, owns);
    seen[outcomes[caller.name]!] = (seen[outcomes[caller.name]!] ?? 0) + 1;
  }
  return { outcomes, expected };
}

async function send(document: string, variables: Record<string, unknown>, { token, transport }: Arrival) {
  const client = postern.client();
  if (transport === 'BEARER') client.token = token;
  if (transport === 'COOKIE') client.cookies.set('postern_session', token);
  return client.send(document, variables);
}

test.each(roots.map((root) => [root.name, root] as const))(
  'restricts %s to callers that @auth or the public list allows (R-9, R-59, R-62, R-70)',
  async (_name, root) => {
    const { declarations, selection, variables } = selectionOf(root);
    const { outcomes, expected } = await meet(root, false, async (arrival) =>
      outcomeOf((await send(`${root.type.toLowerCase()} ${declarations} { ${selection} }`, variables, arrival)).errors),
    );
    expect(outcomes).toEqual(expected);
  },
);

describe('guarded fields of objects', () => {
  test('has fields with @auth only on the types that are asked for below, Query and Mutation', () => {
    expect([...new Set(guardedObjectFields.map(({ type }) => type))].sort()).toEqual([
      'SecurityEvent',
      'UsageLog',
      'UsageShare',
      'User',
      'Webhook',
    ]);
  });

  test.each(guardedFields.map((field) => [field.name, field] as const))(
    'restricts %s of the viewer to callers that @auth allows (R-62, R-70)',
    async (_name, field) => {
      const { declarations, selection, variables } = selectionOf(field);
      const known = callers.filter(({ credential }) => credential !== null);
      const { outcomes, expected } = await meet(
        field,
        true,
        async (arrival) =>
          outcomeOf((await send(`query ${declarations} { me { ${selection} } }`, variables, arrival)).errors),
        known,
      );
      expect(outcomes).toEqual(expected);
    },
  );

  /** The viewer that the server would find. */
  async function viewerOf({ token, transport }: Arrival): Promise<Viewer | null> {
    const { reader, keys, now } = ruleContext(postern);
    if (transport === null) return null;
    return (
      (await findViewerByApiToken(reader, keys, token)) ??
      (await findViewerByAccessToken(reader, token, { ip: null, now })) ??
      (await findViewerBySession(reader, token, transport, now))
    );
  }

  /** A schema whose `me` is another user's account, so only the guards decide what is visible. */
  function showingAnotherUser(executable: GraphQLSchema): GraphQLSchema {
    const now = postern.clock.read();
    executable.getQueryType()!.getFields()['me']!.resolve = () =>
      toUser('0194fa3c-7d1e-7abc-8def-0123456789ab', {
        username: 'somebody-else',
        role: 'USER',
        status: 'ACTIVE',
        createdAt: now,
        email: null,
        locale: 'EN',
      });
    return executable;
  }

  const askOf =
    (executable: GraphQLSchema, field: Placed) =>
    async (arrival: Arrival): Promise<string> => {
      const { declarations, selection, variables } = selectionOf(field);
      const contextValue = {
        ...ruleContext(postern),
        viewer: await viewerOf(arrival),
        locale: 'EN',
      } as unknown as Context;
      const result = (await execute({
        schema: executable,
        document: parse(`query ${declarations} { me { ${selection} } }`),
        variableValues: variables,
        contextValue,
      })) as ExecutionResult;
      return outcomeOf(result.errors ?? []);
    };

  /** A rejected bearer token never reaches the fields. */
  const acceptedCallers = () => callers.filter(({ credential }) => credential !== 'REFUSED');

  test.each(guardedFields.map((field) => [field.name, field] as const))(
    'restricts %s of another user to callers that @auth allows (R-62, R-70, R-74, R-76)',
    async (_name, field) => {
      const { outcomes, expected } = await meet(
        field,
        false,
        askOf(showingAnotherUser(buildExecutableSchema()), field),
        acceptedCallers(),
      );
      expect(outcomes).toEqual(expected);
    },
  );

  test.each(guardedFieldsOfEntries.flatMap((field) => [true, false].map((owns) => [field.name, owns, field] as const)))(
    'restricts %s to callers that @auth allows (own: %s; R-115)',
    async (_name, owns, field) => {
      const { resolve } = (buildExecutableSchema().getType(field.type) as GraphQLObjectType).getFields()[
        field.field.name
      ]!;
      const { outcomes, expected } = await meet(
        field,
        owns,
        async (arrival) => {
          const viewer = await viewerOf(arrival);
          const entry = { accountId: owns ? viewer?.accountId : NIL_ID, accessTokenId: null, callKeyId: NIL_ID };
          const context = { ...ruleContext(postern), viewer, locale: 'EN' } as unknown as Context;
          return Promise.resolve()
            .then(() => resolve!(entry, {}, context, {} as GraphQLResolveInfo))
            .then(
              () => outcomeOf([]),
              (error: unknown) => outcomeOf([error as GraphQLError]),
            );
        },
        acceptedCallers(),
      );
      expect(outcomes).toEqual(expected);
    },
  );

  test('detects a field without its @auth (R-70)', async () => {
    const unguarded = showingAnotherUser(withUserErrors(declareSchema()));
    for (const field of guardedFields) {
      const users = acceptedCallers().filter(({ credential, role }) => credential === 'API_TOKEN' && role === 'USER');
      const { outcomes, expected } = await meet(field, false, askOf(unguarded, field), users);
      expect(outcomes).not.toEqual(expected);
    }
  });
});

test('tests every public field and every outcome of @auth (R-70)', () => {
  expect(
    roots
      .filter(({ rule }) => rule === null)
      .map(({ name }) => name)
      .sort(),
  ).toEqual([...publicFields].sort());
  expect(Object.keys(seen).sort()).toEqual([
    'FORBIDDEN',
    'STEP_UP_REQUIRED',
    'TWO_FACTOR_REQUIRED',
    'UNAUTHENTICATED',
    'allowed',
  ]);
  expect(callers.map(({ name }) => name)).toHaveLength(new Set(callers.map(({ name }) => name)).size);
});
