import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { declareSchema } from '../../src/graphql/schema.js';
import { newCallKeyOf } from '../features/call-key/own-keys.js';
import type { Client } from '../support/client.js';
import { newUser } from '../support/users.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { everyCaller } from './callers.js';
import { randomOperations } from './random-operations.js';

let postern: TestPostern;
let clients: readonly Client[];
const ids: string[] = ['user_0000000000000000000000', 'callkey_', 'session_zzzzzzzzzzzzzzzzzzzzzz', 'event_0', ''];
beforeAll(async () => {
  postern = await startPostern();
  const user = await newUser(postern, 'BEARER');
  const { id } = await newCallKeyOf(user.client, { name: 'a key' });
  ids.push(user.id, id);
  const callers = [
    'bearer session of ROOT with a second factor',
    'bearer session of ADMIN with a second factor',
    'API token of SERVICE',
    'API token of USER',
  ];
  clients = [
    postern.client(),
    user.client,
    ...(await Promise.all(
      callers.map(async (caller) => {
        const { token } = await everyCaller({ setup: '' })
          .find(({ name }) => name === caller)!
          .arrive(postern);
        return Object.assign(postern.client(), { token });
      }),
    )),
  ];
});
afterAll(() => postern.close());

/** The number of operations per kind. The seed makes every run the same. */
const RUNS = { query: 300, mutation: 300 } as const;
const SEED = 20_261_124;

/** Mutations that would revoke the sessions of the clients. */
const endings = ['logout', 'revokeOtherSessions', 'resetApiToken', 'changePassword'];

test.each(['query', 'mutation'] as const)(
  'executes any %s that the schema allows without an internal error (R-85)',
  async (kind) => {
    const schema = declareSchema();
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(
        randomOperations(schema, kind, ids, endings),
        fc.nat(),
        async ({ document, variables }, number) => {
          const { status, data, errors } = await clients[number % clients.length]!.send(document, variables);
          if (data) answered += 1;
          expect({
            isFault: status >= 500,
            faults: errors.filter(({ extensions }) => extensions['code'] === 'INTERNAL_SERVER_ERROR'),
          }).toEqual({ isFault: false, faults: [] });
        },
      ),
      { numRuns: RUNS[kind], seed: SEED },
    );
    expect(answered).toBeGreaterThan(RUNS[kind] / 10);
    expect(postern.log.filter((line) => line.includes('"level":50'))).toEqual([]);
  },
);
