import { expect, test } from '@jest/globals';
import { getNamedType, isInputObjectType, parse, type GraphQLInputType, type OperationDefinitionNode } from 'graphql';
import { getWorkKind, passwordMutations } from '../../../src/graphql/admission/work-kind.js';
import { declareSchema } from '../../../src/graphql/schema.js';
import type { Viewer } from '../../../src/rules/viewer.js';

const schema = declareSchema();

/** Whether an input contains a password at any depth. */
function takesPassword(type: GraphQLInputType): boolean {
  const named = getNamedType(type);
  return (
    isInputObjectType(named) &&
    Object.values(named.getFields()).some(({ name, type }) => /password$/i.test(name) || takesPassword(type))
  );
}

test('lists exactly the mutations that take a password', () => {
  const mutations = Object.values(schema.getMutationType()!.getFields());
  const found = mutations.filter(({ args }) => args.some(({ type }) => takesPassword(type))).map(({ name }) => name);
  expect([...passwordMutations].sort()).toEqual(found.sort());
});

const kindOf = (text: string, viewer: Viewer | null = null) => {
  const document = parse(text);
  return getWorkKind(document.definitions[0] as OperationDefinitionNode, document, viewer);
};

test.each([
  ['{ me { id } }', 'READ'],
  ['{ me { ...F } } fragment F on User { a: usageSeries { at } }', 'ANALYSIS'],
  ['{ users { totalCount } }', 'ANALYSIS'],
  ['mutation { logout { ok } } query Q { users { totalCount } }', 'CHANGE'],
  ['mutation { logout { ok } }', 'CHANGE'],
  ['mutation { logout { ok } login { ok } }', 'PASSWORD'],
  ['mutation { ... { a: login { ok } } }', 'PASSWORD'],
  ['mutation { ...F } fragment F on Mutation { ... on Mutation { login { ok } } }', 'PASSWORD'],
  ['mutation { resetPassword { ok } }', 'RECOVERY'],
  ['mutation { a: resetPassword { ok } login { ok } }', 'PASSWORD'],
  ['mutation { ...G } fragment G on Mutation { updateCallKey { ok } }', 'CHANGE'],
])('classifies %s as %s', (text, kind) => expect(kindOf(text)).toBe(kind));

test('classifies the mutations of a gateway as reports', () => {
  expect(kindOf('mutation { recordUsage { ok } }', { role: 'SERVICE' } as Viewer)).toBe('REPORT');
});
