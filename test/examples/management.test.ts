import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { newApiToken } from '../features/api-token/own-token.js';
import { keysOf } from '../features/call-key/own-keys.js';
import { registerAt } from '../support/registrations.js';
import { cleanUp, migratedFolder, startServer } from '../support/server-process.js';
import { runManagement } from './programs.js';

afterAll(cleanUp);

/** The answer of createCallKey in docs/management-api.md. */
const documented = readFileSync(join(import.meta.dirname, '../../docs/management-api.md'), 'utf8')
  .split('\n')
  .find((line) => line.startsWith('{"data":{"createCallKey":'))!;

/** An answer without what is different each time. */
const alike = (answer: string) =>
  answer
    .replace(/"key":"sk-\w{5}[^"]*"/, '"key":"sk-…"')
    .replace(/"id":"callkey_[^"]*"/, '"id":"callkey_…"')
    .replace(/"hint":"sk-\w{5}…\w{4}"/, '"hint":"sk-…"');

test('creates, updates and deletes a key through the API, and prints the documented output', async () => {
  const postern = await startServer({ DATA_DIR: migratedFolder() });
  const owner = await registerAt(postern);
  const { code, stdout, stderr } = await runManagement({
    POSTERN_URL: postern.url,
    API_TOKEN: await newApiToken(owner.client),
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const answers = stdout.split('\n').filter((line) => line.startsWith('{'));
  expect(alike(answers[1]!)).toBe(alike(documented));
  expect(answers.map((answer) => JSON.parse(answer) as unknown)).toMatchObject([
    { data: { me: { username: owner.username, role: 'USER' } } },
    { data: { createCallKey: { key: expect.stringMatching(/^sk-\w{48}$/), userErrors: [] } } },
    {
      data: {
        me: {
          callKeys: {
            totalCount: 1,
            edges: [{ node: { name: 'build server', status: 'ACTIVE', lastUsedAt: null, quotaUsed: 0 } }],
          },
        },
      },
    },
    {
      data: { updateCallKey: { callKey: { name: 'nightly build', quotaLeft: null, models: ['m-1'] }, userErrors: [] } },
    },
    {
      data: {
        rotateCallKey: {
          key: expect.stringMatching(/^sk-\w{48}$/),
          callKey: { oldKeyValidUntil: expect.any(String) },
          userErrors: [],
        },
      },
    },
    { data: { endCallKeyGrace: { callKey: { oldKeyValidUntil: null }, userErrors: [] } } },
    {
      data: {
        me: {
          securityEvents: {
            edges: ['CALL_KEY_UPDATED', 'CALL_KEY_ROTATED', 'CALL_KEY_UPDATED'].map((type) => ({ node: { type } })),
          },
        },
      },
    },
    { data: { deleteCallKeys: { deletedIds: [expect.stringMatching(/^callkey_/)], userErrors: [] } } },
  ]);
  expect((await keysOf(owner.client)).edges).toEqual([]);
});
