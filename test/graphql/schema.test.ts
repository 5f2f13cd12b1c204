import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { getDirective, printSchemaWithDirectives } from '@graphql-tools/utils';
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
  isIntrospectionType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
} from 'graphql';
import { declareSchema } from '../../src/graphql/schema.js';
import { query } from '../support/database.js';
import { goodPassword, newUser, newUsername } from '../support/users.js';
import { sources } from '../architecture/source-files.js';
import { startPostern, type TestPostern } from '../support/postern.js';

const schema = declareSchema();
const own = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
);
const fieldsOf = (type: GraphQLNamedType): (GraphQLField<unknown, unknown> | GraphQLInputField)[] =>
  isObjectType(type) || isInterfaceType(type) || isInputObjectType(type) ? Object.values(type.getFields()) : [];

test('describes every type, field, argument, value and directive in the schema', () => {
  const undescribed = [
    ...own.filter(({ description }) => !description).map(({ name }) => name),
    ...own.flatMap((type) =>
      fieldsOf(type)
        .filter(({ description }) => !description)
        .map(({ name }) => `${type.name}.${name}`),
    ),
    ...own.flatMap((type) =>
      fieldsOf(type).flatMap((field) =>
        ('args' in field ? field.args : [])
          .filter(({ description }) => !description)
          .map(({ name }) => `${type.name}.${field.name}(${name})`),
      ),
    ),
    ...own.flatMap((type) =>
      (isEnumType(type) ? type.getValues() : [])
        .filter(({ description }) => !description)
        .map(({ name }) => `${type.name}.${name}`),
    ),
    ...schema
      .getDirectives()
      .flatMap((directive) =>
        [directive, ...directive.args]
          .filter(({ description }) => !description)
          .map(({ name }) => `@${directive.name} ${name}`),
      ),
  ];
  expect(undescribed).toEqual([]);
});

test('matches schema.graphql, including the @auth directives', () => {
  const printed = readFileSync('schema.graphql', 'utf8');
  expect(printed).toBe(`${printSchemaWithDirectives(schema)}\n`);
  expect(printed).toMatch(/directive @auth\([^]*?\) on FIELD_DEFINITION/);
  expect(printed).toMatch(/ {2}node\([^)]*\): Node @auth\(accepts: \[SESSION, API_TOKEN\]\)/);
  expect(printed).toMatch(/ {2}sessions: \[Session!\] @auth\(requires: ADMIN, orSelf: true\)/);
  expect(printed).toMatch(/ {2}revokeSession\([^)]*\): RevokeSessionPayload @auth\n/);
});

/** Inputs that only administrators send, and those of call keys, whose owners set these fields. */
// The IDs of one's own passkeys and access tokens, the end of a token, and the status of a webhook, by decision (D-8).
const exemptInputs =
  /^((Rename|Delete)Passkey|(Create|Update|Rotate)AccessToken|CreateUser|SetUser|ResetUser|SendUser|RevokeUser|ResetService|DeleteUser|RestoreUser|UserFilter|UserOrder|All\w+Filter|\w*CallKey\w*|UsageEntry|DeleteCallKeys|(Update|Rotate|Test|Delete)Webhook)/;
const unassignable =
  /^(role|roles|status|id|userId|accountId|actorId|ownerId|createdAt|updatedAt|email_?verified|auth_?version|two_?factor\w*|quota\w*|is_?admin|admin|permissions|factors|steppedUpAt|expiresAt|passwordHash)$/i;

test('offers users no input field for role, status, verification, quota or owner (R-75)', () => {
  const offered = own.filter(isInputObjectType).filter(({ name }) => !exemptInputs.test(name));
  expect(offered.map(({ name }) => name).sort()).toEqual(
    expect.arrayContaining(['CompleteSetupInput', 'LoginInput', 'RegisterInput', 'RevokeSessionInput']),
  );
  expect(
    offered.flatMap((type) =>
      fieldsOf(type)
        .filter(({ name }) => unassignable.test(name))
        .map(({ name }) => `${type.name}.${name}`),
    ),
  ).toEqual([]);
});

test('offers no argument for role, status, quota or owner, except the IDs of node and user (R-75)', () => {
  const roots = [schema.getQueryType()!, schema.getMutationType()!].flatMap((type) => Object.values(type.getFields()));
  expect(
    roots
      .flatMap((field) =>
        field.args
          .filter(({ name }) => name !== 'input' && unassignable.test(name))
          .map(({ name }) => `${field.name}(${name})`),
      )
      .sort(),
  ).toEqual(['node(id)', 'user(id)']);
});

test('copies the fields of an input object by name, and never spreads it (R-75)', () => {
  expect(
    sources()
      .filter(({ text }) => /\.\.\.(input|wish)\b/.test(text))
      .map(({ path }) => path),
  ).toEqual([]);
});

/** The names of an argument and of all fields within it. */
const namesIn = (field: { readonly name: string; readonly type: Parameters<typeof getNamedType>[0] }): string[] => {
  const type = getNamedType(field.type);
  return [field.name, ...(type && isInputObjectType(type) ? Object.values(type.getFields()).flatMap(namesIn) : [])];
};

test('accepts another user’s ID only in inputs and filters for administrators (R-63)', () => {
  const naming = own.filter(isObjectType).flatMap((type) =>
    Object.values(type.getFields())
      .filter(({ args }) => args.flatMap(namesIn).some((name) => /^(user|account|owner|actor)(Id)?$/i.test(name)))
      .map((field) => ({ type, field })),
  );
  expect(naming.map(({ field }) => field.name)).toEqual(
    expect.arrayContaining(['usageLogs', 'setUserStatus', 'resetUserTwoFactor']),
  );
  const open = naming.filter(({ field }) => {
    const [rule] = getDirective(schema, field, 'auth') ?? [];
    return !/^(ADMIN|ROOT)$/.test(String(rule?.['requires'])) || rule?.['orSelf'] === true;
  });
  expect(open.map(({ type, field }) => `${type.name}.${field.name}`)).toEqual([]);
});

test('has no field named after a secret, except those that are shown once (R-76, D-8)', () => {
  const secret = /hash|secret|salt|cipher|mac|last_?step|auth_?version/i;
  const exempt = new Set([
    'TwoFactorEnrolment.secret',
    'CreateWebhookPayload.secret',
    'RotateWebhookSecretPayload.secret',
    'Mutation.rotateWebhookSecret',
  ]);
  const shown = own
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .flatMap((type) => fieldsOf(type).map(({ name }) => `${type.name}.${name}`));
  expect(shown.length).toBeGreaterThan(30);
  expect(shown.filter((name) => secret.test(name.split('.')[1]!) && !exempt.has(name))).toEqual([]);
});

test('has no JSON scalar but that of WebAuthn (D-8), and no generic filter or order by a secret (R-76)', () => {
  expect(own.filter(({ name }) => /json|object|any|map|where/i.test(name)).map(({ name }) => name)).toEqual(['JSON']);
  const ofJson = own.filter(isInputObjectType).flatMap((type) =>
    fieldsOf(type)
      .filter((field) => getNamedType(field.type).name === 'JSON')
      .map(({ name }) => `${type.name}.${name}`),
  );
  expect(ofJson.sort()).toEqual([
    'LoginWithPasskeyInput.response',
    'RegisterPasskeyInput.response',
    'SecondFactorInput.passkey',
  ]);
  const inputs = own.flatMap((type) =>
    fieldsOf(type).flatMap((field) =>
      isInputObjectType(type) ? [field.name] : 'args' in field ? field.args.map(({ name }) => name) : [],
    ),
  );
  expect(inputs.filter((name) => /^(where|sort)$/.test(name))).toEqual([]);
  const orders = own.filter((type) => isInputObjectType(type) && type.name.endsWith('Order')).flatMap(fieldsOf);
  expect(orders.filter(({ type }) => !isEnumType(getNamedType(type))).map(({ name }) => name)).toEqual([]);
  const filtered = own
    .filter((type) => isInputObjectType(type) && type.name.endsWith('Filter'))
    .flatMap((type) => fieldsOf(type).map(({ name }) => name));
  expect(new Set(filtered)).toEqual(
    new Set([
      'accessTokenId',
      'from',
      'to',
      'types',
      'outcome',
      'search',
      'role',
      'status',
      'twoFactorEnabled',
      'type',
      'callKeyId',
      'model',
      'requestId',
      'userId',
      'actorId',
      'ip',
    ]),
  );
});

test('has @auth on every field of User except id, username, role, status and createdAt (R-76)', () => {
  const user = schema.getType('User')!;
  const open = fieldsOf(user)
    .filter(({ astNode }) => !astNode?.directives?.some(({ name }) => name.value === 'auth'))
    .map(({ name }) => name);
  expect(open.sort()).toEqual(['createdAt', 'id', 'role', 'status', 'username']);
});

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

test.each([
  ['role', 'ROOT'],
  ['role', 'ADMIN'],
  ['status', 'ACTIVE'],
  ['id', 'user_1'],
  ['emailVerified', true],
  ['authVersion', 9],
  ['twoFactorEnabled', true],
  ['quota', 1],
  ['createdAt', '2020-01-01T00:00:00Z'],
  ['__proto__', { role: 'ROOT' }],
  ['constructor', { prototype: { role: 'ROOT' } }],
  ['passwordHash', 'x'],
  ['account', { role: 'ROOT' }],
])('rejects a sign-up that sets %s, and creates no account (R-75)', async (name, value) => {
  const username = newUsername();
  const input = `{"username":"${username}","password":"${goodPassword}","confirmPassword":"${goodPassword}",${JSON.stringify(name)}:${JSON.stringify(value)}}`;
  const answer = await postern
    .client()
    .post(
      `{"query":"mutation ($input: RegisterInput!) { register(input: $input) { user { id role } } }","variables":{"input":${input}}}`,
    );
  expect(answer.status).toBe(400);
  expect(answer.data ?? null).toBeNull();
  expect(answer.text).not.toContain(goodPassword);
  expect(await query(postern.database, 'select 1 from accounts where username = ?', [username])).toEqual([]);
});

test('rejects a sign-up that sets a role within the document (R-75)', async () => {
  const username = newUsername();
  const answer = await postern
    .client()
    .send(
      `mutation { register(input: { username: "${username}", password: "${goodPassword}", confirmPassword: "${goodPassword}", role: ROOT }) { user { role } } }`,
    );
  expect(answer.status).toBe(400);
  expect(answer).toFailWith('GRAPHQL_VALIDATION_FAILED');
  expect(await query(postern.database, 'select 1 from accounts where username = ?', [username])).toEqual([]);
});

test('creates ordinary, active accounts at sign-up (R-75)', async () => {
  const user = await newUser(postern);
  expect(
    await query(postern.database, 'select role, status, auth_version from accounts where username = ?', [
      user.username,
    ]),
  ).toEqual([{ role: 'USER', status: 'ACTIVE', auth_version: 1 }]);
});
