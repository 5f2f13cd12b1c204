import { expect, test } from '@jest/globals';
import { getDirective } from '@graphql-tools/utils';
import { isObjectType } from 'graphql';
import { needsScope } from '../../src/graphql/auth/token-access.js';
import { authDefaults, type AuthRule } from '../../src/graphql-kit/auth-directive.js';
import { declareSchema } from '../../src/graphql/schema.js';

/** The fields that tokens reach, with the scope for the owner's account and the one for all accounts. */
const table: Readonly<Record<string, readonly [scope: string | null, adminScope: string | null]>> = {
  'Mutation.createCallKey': ['KEYS_WRITE', null],
  'Mutation.deleteCallKeys': ['KEYS_WRITE', null],
  'Mutation.endCallKeyGrace': ['KEYS_WRITE', null],
  'Mutation.recordUsage': [null, null],
  'Mutation.rotateCallKey': ['KEYS_WRITE', null],
  'Mutation.updateCallKey': ['KEYS_WRITE', null],
  'Query.accessToken': [null, null],
  'Query.node': [null, null],
  'Query.securityEvents': [null, 'ALL_EVENTS_READ'],
  'Query.usageBreakdown': [null, 'ALL_USAGE_READ'],
  'Query.usageLogs': [null, 'ALL_USAGE_READ'],
  'Query.usageSeries': [null, 'ALL_USAGE_READ'],
  'Query.usageSummary': [null, 'ALL_USAGE_READ'],
  'Query.user': [null, 'USERS_READ'],
  'Query.users': [null, 'USERS_READ'],
  'Query.verifyCallKey': [null, null],
  'Query.verifyCredential': [null, null],
  'UsageLog.callKey': ['KEYS_READ', null],
  'UsageShare.callKey': ['KEYS_READ', null],
  'User.callKeys': ['KEYS_READ', null],
  'User.email': ['ACCOUNT_READ', 'USERS_READ'],
  'User.lastLoginAt': ['ACCOUNT_READ', 'USERS_READ'],
  'User.locale': ['ACCOUNT_READ', 'USERS_READ'],
  'User.securityEvents': ['EVENTS_READ', 'ALL_EVENTS_READ'],
  'User.twoFactor': ['ACCOUNT_READ', 'USERS_READ'],
  'User.usageBreakdown': ['USAGE_READ', 'ALL_USAGE_READ'],
  'User.usageLogs': ['USAGE_READ', 'ALL_USAGE_READ'],
  'User.usageSeries': ['USAGE_READ', 'ALL_USAGE_READ'],
  'User.usageSummary': ['USAGE_READ', 'ALL_USAGE_READ'],
};

const schema = declareSchema();

test('opens to tokens the fields of the table, with these scopes and no others (R-119)', () => {
  const rules = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) =>
      Object.values(type.getFields()).flatMap((field) => {
        const [given] = getDirective(schema, field, 'auth') ?? [];
        const rule = { ...authDefaults, ...given } as AuthRule;
        return given && rule.accepts.includes('API_TOKEN')
          ? [[`${type.name}.${field.name}`, [rule.scope, rule.adminScope]] as const]
          : [];
      }),
    );
  expect(Object.fromEntries(rules)).toEqual(table);
});

test.each<[string, Partial<AuthRule>, boolean]>([
  ['Query.anything', { accepts: ['SESSION', 'API_TOKEN'] }, true],
  ['Query.anything', { accepts: ['SESSION'] }, false],
  ['Query.anything', { accepts: ['API_TOKEN'], requires: 'SERVICE' }, false],
  ['Query.anything', { accepts: ['API_TOKEN'], scope: 'USAGE_READ' }, false],
  ['Query.anything', { accepts: ['API_TOKEN'], adminScope: 'USERS_READ' }, false],
  ['Query.node', { accepts: ['API_TOKEN'] }, false],
])('tells that %s with %j needs a scope: %s (R-119)', (name, rule, needs) => {
  expect(needsScope(name, { ...authDefaults, ...rule })).toBe(needs);
});
