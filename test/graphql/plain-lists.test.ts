import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { getDirective } from '@graphql-tools/utils';
import fc, { type Arbitrary } from 'fast-check';
import {
  getNamedType,
  isCompositeType,
  isObjectType,
  parse,
  type FieldNode,
  type GraphQLObjectType,
  type OperationDefinitionNode,
} from 'graphql';
import { findPlainLists } from '../../src/graphql/plain-lists/plain-lists.js';
import { completePlain } from '../../src/graphql/plain-lists/plain-selection.js';
import { buildExecutableSchema } from '../../src/graphql/schema.js';
import { newCallKeyOf } from '../features/call-key/own-keys.js';
import type { Client } from '../support/client.js';
import { newUser } from '../support/users.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { call, newGateway, report } from '../features/usage/gateway.js';

const schema = buildExecutableSchema();

let postern: TestPostern;
let client: Client;
beforeAll(async () => {
  postern = await startPostern();
  client = (await newUser(postern, 'BEARER')).client;
  const now = postern.clock.read();
  const keys = [
    await newCallKeyOf(client, { name: 'one', models: ['a', 'b'], quota: 5_000, expiresAt: '2030-01-01T00:00:00Z' }),
    await newCallKeyOf(client, { name: 'two', allowedIps: ['203.0.113.0/24'] }),
  ];
  await report(
    await newGateway(postern),
    keys.flatMap((key) => [call(key, now, { ip: '203.0.113.9', latencyMs: 12 }), call(key, now, { type: 'ERROR' })]),
  );
});
afterAll(() => postern.close());

/** The plain fields of a type, each with and without an alias, including those of nested objects. */
function plainFields(type: GraphQLObjectType): string[] {
  return Object.values(type.getFields())
    .filter(({ resolve, args }) => !resolve && args.length === 0)
    .flatMap((field) => {
      const of = getNamedType(field.type);
      if (!isCompositeType(of)) return [field.name, `other_${field.name}: ${field.name}`];
      return isObjectType(of)
        ? [
            `${field.name} { __typename ${plainFields(of)
              .filter((text) => !text.includes(':'))
              .join(' ')} }`,
          ]
        : [];
    });
}

/** A document may have this many aliases. */
const MOST_ALIASES = 15;
const countAliases = (fields: readonly string[]) => fields.filter((field) => field.startsWith('other_')).length;

/** Any fields of a type: selected directly, in an inline fragment, or in a named fragment. */
const selectionOf = (name: string): Arbitrary<{ within: string; beside: string }> => {
  const type = schema.getType(name) as GraphQLObjectType;
  return fc
    .tuple(
      fc.subarray(plainFields(type), { minLength: 1 }).filter((fields) => countAliases(fields) < MOST_ALIASES),
      fc.constantFrom('itself', 'within', 'beside'),
    )
    .map(([fields, place]) => {
      const text = ['__typename', ...fields].join(' ');
      return {
        within: place === 'itself' ? text : place === 'within' ? `... on ${name} { ${text} }` : '...F',
        beside: place === 'beside' ? ` fragment F on ${name} { ${text} }` : '',
      };
    });
};

const page = (rows: string) => `edges { cursor node { ${rows} } } pageInfo { hasNextPage startCursor }`;
const lists: readonly [string, string, (rows: string) => string][] = [
  ['call keys', 'CallKey', (rows) => `callKeys(first: 5) { ${page(rows)} }`],
  ['logs', 'UsageLog', (rows) => `usageLogs(last: 3) { ${page(rows)} }`],
  ['security events', 'SecurityEvent', (rows) => `securityEvents { ${page(rows)} }`],
  ['sessions', 'Session', (rows) => `sessions { ${rows} }`],
  ['points of a series', 'UsagePoint', (rows) => `usageSeries(interval: HOUR) { ${rows} }`],
];

test.each(lists)('returns the fields of %s exactly as graphql-js does', async (_what, type, list) => {
  await fc.assert(
    fc.asyncProperty(selectionOf(type), async ({ within, beside }) => {
      const document = `{ me { ${list(within)} } }${beside}`;
      const ordinary = document.replace('{ me {', '{ nothing: __typename @include(if: false) me {');
      expect([findPlainLists(schema, parse(document)).size, findPlainLists(schema, parse(ordinary)).size]).toEqual([
        1, 0,
      ]);
      const { status, text } = await client.send(document);
      expect({ status, text }).toEqual({ status: 200, text: (await client.send(ordinary)).text });
      expect(text).toContain(`"__typename":"${type}"`);
    }),
    { numRuns: 20 },
  );
});

test('leaves fields with a resolver, arguments or @auth to graphql-js (R-70)', () => {
  const isPlain = (type: GraphQLObjectType, field: string) => {
    const document = parse(`{ object { ${field} } }`).definitions[0] as OperationDefinitionNode;
    return (
      completePlain(type, document.selectionSet.selections[0] as FieldNode, { schema, fragments: {} }) !== undefined
    );
  };
  const fields = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })));
  const guarded = fields.filter(({ field }) => getDirective(schema, field, 'auth'));
  const asked = fields.filter(({ field }) => field.resolve ?? field.args.length > 0);
  expect(guarded.length).toBeGreaterThan(40);
  expect(asked).toEqual(expect.arrayContaining(guarded));
  expect(
    asked.filter(({ type, field }) =>
      isPlain(type, isCompositeType(getNamedType(field.type)) ? `${field.name} { __typename }` : field.name),
    ),
  ).toEqual([]);
});
