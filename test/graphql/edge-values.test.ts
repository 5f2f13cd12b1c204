import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { isScalarType, type GraphQLInterfaceType } from 'graphql';
import { NIL_ID } from '../../src/database/connection/id.js';
import { toGlobalId, type NodeType } from '../../src/rules/global-id.js';
import { declareSchema } from '../../src/graphql/schema.js';
import type { Client } from '../support/client.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { scalarPlaces, type Placed } from './argument-corpus.js';
import { everyCaller } from './callers.js';

const schema = declareSchema();

/** The types that have an ID. */
const nodeTypes = schema
  .getPossibleTypes(schema.getType('Node') as GraphQLInterfaceType)
  .map(({ name }) => name as NodeType);

/** The values at the edges of each scalar, and just beyond. Text has its own corpus in `injection.postgresql`. */
const edges: Readonly<Record<string, readonly unknown[]>> = {
  Boolean: [true, false, 0, 'true'],
  Int: [0, -1, 1, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, -0, 1.5, 1e308],
  JSON: [
    {},
    [],
    '',
    0,
    true,
    { response: {} },
    { id: 'AA', rawId: 'AA', type: 'public-key', response: { clientDataJSON: 'e30' } },
  ],
  BigInt: ['0', '-0', '-1', '9223372036854775807', '-9223372036854775808', '9223372036854775808', '1e3', '00', 2 ** 53],
  DateTime: [
    '0000-01-01T00:00:00Z',
    '0000-12-31T23:59:59.999Z',
    '0001-01-01T00:00:00Z',
    '0001-01-01T00:00:00+14:00',
    '1582-10-10T00:00:00Z',
    '1969-12-31T23:59:59.999Z',
    '1970-01-01T00:00:00Z',
    '2000-02-29T00:00:00Z',
    '2100-02-29T00:00:00Z',
    '2016-12-31T23:59:60Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:00:00.123456789Z',
    '2026-01-01T00:00:00-23:59',
    '2038-01-19T03:14:08Z',
    '9999-12-31T23:59:59.999Z',
    '9999-12-31T23:59:59-12:00',
    '+010000-01-01T00:00:00Z',
    '-000001-01-01T00:00:00Z',
  ],
};

/** The times that a forged cursor of a sorted list contains. */
const times = [
  '0000-01-01T00:00:00.000000Z',
  '0001-01-01T00:00:00.000000Z',
  '1969-12-31T23:59:59.999999Z',
  '1970-01-01T00:00:00.000000Z',
  '2026-02-30T00:00:00.000000Z',
  '2016-12-31T23:59:60.000000Z',
  '9999-12-31T23:59:59.999999Z',
  'infinity',
];

/** The edges of an ID in base62: the smallest, the largest, and just beyond 128 bits. */
const ids = ['0'.repeat(22), '7n42DGM5Tflk9n8mt7Fhc7', '7n42DGM5Tflk9n8mt7Fhc8', 'z'.repeat(22), '0'.repeat(23)];

const sortedCursors = ids.flatMap((id) =>
  times.flatMap((time) =>
    ['CREATED_AT', 'LAST_LOGIN_AT', 'USERNAME'].map(
      (sort) => `${id}.${Buffer.from(`${sort} ${time}`).toString('base64url')}`,
    ),
  ),
);

let postern: TestPostern;
const clients: Partial<Record<Placed['requires'], Client>> = {};
beforeAll(async () => {
  postern = await startPostern();
  const callers = {
    USER: 'bearer session of USER with a second factor',
    ADMIN: 'bearer session of ADMIN with a second factor',
    ROOT: 'bearer session of ROOT with a second factor',
    SERVICE: 'API token of SERVICE',
  } as const;
  for (const [role, name] of Object.entries(callers) as [Placed['requires'], string][]) {
    const { token } = await everyCaller({ setup: '' })
      .find((caller) => caller.name === name)!
      .arrive(postern);
    clients[role] = Object.assign(postern.client(), { token });
  }
});
afterAll(() => postern.close());

/** Sends a value, and returns what went wrong with it, if the server is at fault. */
async function findFault({ place, document, variables, requires }: Placed, value: unknown): Promise<string[]> {
  const { status, errors } = await clients[requires]!.send(document(), variables(value));
  const isFault = status >= 500 || errors?.some(({ extensions }) => extensions['code'] === 'INTERNAL_SERVER_ERROR');
  return isFault ? [`${place} ${JSON.stringify(value)}`] : [];
}

async function findFaults(places: readonly Placed[], values: readonly unknown[]): Promise<string[]> {
  const faults: string[] = [];
  for (const place of places) for (const value of values) faults.push(...(await findFault(place, value)));
  return faults;
}

test('knows the edge values of every scalar that an argument can have', () => {
  const scalars = Object.values(schema.getTypeMap()).filter(isScalarType);
  const used = scalars.map(({ name }) => name).filter((name) => scalarPlaces(schema, [name]).length > 0);
  expect(used.sort()).toEqual(['ID', 'String', ...Object.keys(edges)].sort());
});

test.each(Object.keys(edges))('answers the edge values of %s without a fault of the server', async (scalar) => {
  expect(await findFaults(scalarPlaces(schema, [scalar]), edges[scalar]!)).toEqual([]);
});

test('answers forged cursors without a fault of the server', async () => {
  const isCursor = ({ place }: Placed) => /\((?:after|before)\)$/.test(place);
  const cursors = scalarPlaces(schema, ['String']).filter(isCursor);
  expect(cursors.length).toBeGreaterThanOrEqual(4);
  expect(await findFaults(cursors, [...ids, ...sortedCursors])).toEqual([]);
});

test.each(nodeTypes)('answers edge IDs of the type %s without a fault of the server', async (type) => {
  const globalIds = ids.map((id) => toGlobalId(type, NIL_ID).replace(/_.*/, `_${id}`));
  expect(await findFaults(scalarPlaces(schema, ['ID']), globalIds)).toEqual([]);
});
