import { expect, test } from '@jest/globals';
import { Kind, parse, type OperationDefinitionNode } from 'graphql';
import { getFragments, measureOperation } from '../../src/graphql/limits/measure-operation.js';

function measure(text: string) {
  const document = parse(text);
  const operation = document.definitions.find(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  );
  return measureOperation(operation!, getFragments(document));
}

test('measures the depth of an operation through fragments, at each use (R-80)', () => {
  expect(measure('{ a { b { c } } }').depth).toBe(3);
  expect(measure('{ a { ...F b { ...F } } } fragment F on T { c { d } }').depth).toBe(4);
  expect(measure('{ ... on Query { a { ... { b } } } }').depth).toBe(2);
});

test('measures nested introspection, and fragments named like introspection, as usual (R-80)', () => {
  expect(measure('{ ...__schema } fragment __schema on Query { a { b { c } } }')).toMatchObject({
    depth: 3,
    cost: 3,
    introspectionDepth: 0,
    schemaReads: 0,
    introspectionAliases: 0,
    introspectionLists: 0,
  });
  expect(measure('{ a { __schema { b { c } } } }').depth).toBe(4);
});

test('measures the depth of introspection at the root separately (R-80)', () => {
  expect(measure('{ __schema { a { b } } c { d } }')).toMatchObject({ depth: 2, cost: 2, introspectionDepth: 3 });
  expect(measure('{ x: __type(name: "User") { a } }')).toMatchObject({ depth: 0, introspectionDepth: 2, aliases: 1 });
});

test('counts fields with fragments expanded, and ignores @skip and @include (R-17, R-80)', () => {
  const found = measure(
    'mutation { a: login @skip(if: true) { x } ...F ...F } fragment F on Mutation { b: login { x } @include(if: false) }'.replace(
      ' @include(if: false)',
      '',
    ),
  );
  expect(found).toMatchObject({ sensitiveMutations: 3, aliases: 3, rootFields: 3, directives: 1 });
});

test('counts a mutation as sensitive unless it is listed as harmless (R-17)', () => {
  expect(measure('mutation { logout { x } revokeOtherSessions { x } somethingNew { x } }').sensitiveMutations).toBe(1);
  expect(measure('{ login { x } }').sensitiveMutations).toBe(0);
});

test('stops measuring at fragments that use themselves or double at each level (R-81)', () => {
  expect(measure('{ ...A } fragment A on Query { a ...B } fragment B on Query { ...A }').cost).toBe(1);
  const doubling = Array.from(
    { length: 10 },
    (_, n) => `fragment F${n} on Query { ${n === 9 ? 'a' : `...F${n + 1} `.repeat(8)} }`,
  ).join(' ');
  expect(measure(`{ ...F0 } ${doubling}`).selections).toBe(2_000);
});

test('adds a tenth of the cost for each entry of a page, and more for nested pages (R-80)', () => {
  expect(measure('{ a(first: 100) { edges { node { b } } } }').cost).toBe(31);
  expect(measure('{ a { edges { node { b } } } }').cost).toBe(7);
  expect(measure('{ a(last: 5) { edges { node { b } } } }').cost).toBe(4);
  expect(measure('{ a(first: 100) { edges { node { c(first: 100) { edges { node { d } } } } } } }').cost).toBe(
    1 + 30 + 300,
  );
  const document = parse('query ($n: Int) { a(first: $n) { edges { cursor } } }');
  const [operation] = document.definitions as OperationDefinitionNode[];
  expect(measureOperation(operation!, getFragments(document), { n: 50 }).cost).toBe(11);
  expect(measureOperation(operation!, getFragments(document), { n: 1e9 }).cost).toBe(21);
});

test('adds twenty times the cost for a series', () => {
  expect(measure('{ a(interval: DAY) { b c } }').cost).toBe(41);
  expect(measure('query ($i: I!) { a(first: 100) { edges { node { b(interval: $i) { c } } } } }').cost).toBe(231);
});

test('measures the same cost for a default page size and for edges in a fragment (R-80)', () => {
  expect(measure('query ($n: Int = 100) { a(first: $n) { edges { node { b } } } }').cost).toBe(31);
  expect(measure('{ a { ...F } } fragment F on T { ... { edges { node { b } } } }').cost).toBe(7);
  expect(measure('{ a { ...F } } fragment F on T { ...G ...F } fragment G on T { ...F b }').cost).toBe(2);
});

test('counts the fields that repeat one at the same path of the response (R-81)', () => {
  expect(measure('{ a b c: a d { a } }').repetitions).toBe(0);
  expect(measure('{ a ... on Query { a } ...F } fragment F on Query { a b }').repetitions).toBe(2);
  expect(measure('{ a { b { c } } a { b { c d } } }').repetitions).toBe(3);
  expect(measure('{ a: x b: x a: y }').repetitions).toBe(1);
});

test('counts how often an operation reads the schema, also by other names and in fragments (R-80)', () => {
  const read = '__schema { types { name } }';
  expect(measure(`{ ${read} a: ${read} ... { b: ${read} } ...F } fragment F on Query { c: ${read} }`)).toMatchObject({
    schemaReads: 4,
  });
  expect(measure('{ me { __schema { a } } __type(name: "User") { name } }').schemaReads).toBe(0);
});

test('counts aliases and nested lists of introspection, also in fragments (R-80)', () => {
  const aliases = '{ a: __type(name: "User") { b: fields { name c: type { name } } } }';
  expect(measure(aliases)).toMatchObject({ aliases: 3, introspectionAliases: 2, introspectionLists: 1 });
  const lists =
    '{ __schema { types { ...F } } } fragment F on __Type { fields { type { ...G } } } fragment G on __Type { inputFields { name } }';
  expect(measure(lists)).toMatchObject({ introspectionAliases: 0, introspectionLists: 2 });
  expect(measure('{ me { fields { fields { x: fields } } } }')).toMatchObject({
    introspectionAliases: 0,
    introspectionLists: 0,
  });
});
