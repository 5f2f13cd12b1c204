import type { Load } from '../load.ts';
import { asUser, usageReport, type KeyOwner } from '../management-loads.ts';
import { mutate } from '../people.ts';
import { keyOwnersOf, newUsers } from './accounts.ts';
import { eachInParallel, jobOf, type Job } from './job.ts';

const updateCallKey: Load = {
  title: '',
  connections: 8,
  requests: 0,
  warmUp: 0,
  headers: asUser,
  fresh: true,
  body: (user, number) => ({
    query:
      'mutation ($input: UpdateCallKeyInput!) { updateCallKey(input: $input) { callKey { id name status } userErrors { code } } }',
    variables: { input: { id: (user as KeyOwner).callKeyIds[0], name: `name ${number}` } },
  }),
  expected: /^\{"data":\{"updateCallKey":\{"callKey":\{"id":"[^"]+","name":"name /,
};

/** One request creates a key and deletes it. */
const createAndDeleteCallKey: Job = {
  name: 'create-and-delete-call-key',
  requests: 120,
  setUp: async (site) => {
    const users = await newUsers(site, 4);
    return {
      run: (count) =>
        eachInParallel(users, count, async ({ token }) => {
          const { callKey } = await mutate(
            site.url,
            'createCallKey',
            'callKey { id }',
            { name: 'key', models: ['model-a'] },
            token,
          );
          const { deletedIds } = await mutate(site.url, 'deleteCallKeys', 'deletedIds', { ids: [callKey.id] }, token);
          if (deletedIds.length !== 1) throw new Error('a call key was not deleted');
        }),
    };
  },
};

/** The jobs that write. */
export const writeJobs: readonly Job[] = [
  jobOf('record-usage-1', 240, ({ gatewayToken }) => usageReport(gatewayToken, 1), keyOwnersOf),
  jobOf('record-usage-100', 64, ({ gatewayToken }) => usageReport(gatewayToken, 100), keyOwnersOf),
  jobOf('record-usage-1000', 32, ({ gatewayToken }) => usageReport(gatewayToken, 1_000), keyOwnersOf),
  jobOf('update-call-key', 240, () => updateCallKey, keyOwnersOf),
  createAndDeleteCallKey,
];
