import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { registerAt } from '../../support/registrations.js';
import { startServer } from '../../support/server-process.js';
import { startTwoServers, type TwoServers } from '../../support/two-servers.js';
import { WebhookReceiver } from '../../support/webhook-receiver.js';
import { allWebhooks, createWebhook, localNetworks, newWebhook } from '../../support/webhooks.js';
import { eventually } from '../../support/eventually.js';
import type { Client } from '../../support/client.js';

let two: TwoServers;
let receiver: WebhookReceiver;
beforeAll(async () => {
  two = await startTwoServers(localNetworks);
});
afterAll(() => two.stop());
beforeEach(async () => {
  receiver = await WebhookReceiver.start();
});
afterEach(async () => {
  await two.database.query('delete from webhooks');
  await receiver.close();
});

/** A ROOT with a session at the first server. */
async function newRoot(): Promise<Client> {
  const { client, username } = await registerAt(two.servers[0]);
  await two.database.query("update accounts set role = 'ROOT' where username = $1", [username]);
  return client;
}

const undelivered = () => two.database.query("select id from webhook_deliveries where status <> 'DELIVERED'");

test('delivers each event once, whichever process recorded it (R-126)', async () => {
  const root = await newRoot();
  await newWebhook(root, { url: receiver.url, eventTypes: ['REGISTERED'] });
  receiver.delayMs = 100;
  for (let round = 0; round < 10; round += 1)
    await Promise.all(two.servers.map((server) => Promise.all([registerAt(server), registerAt(server)])));
  await eventually(async () => (await undelivered()).length === 0, 'everything is delivered');
  const ids = receiver.messages.map(({ headers }) => headers['webhook-id']);
  expect(ids).toHaveLength(40);
  expect(new Set(ids).size).toBe(40);
});

test('delivers everything at least once when a process is killed (R-126)', async () => {
  const root = await newRoot();
  await newWebhook(root, { url: receiver.url, eventTypes: ['REGISTERED'] });
  const doomed = await startServer({ DATABASE_URL: two.database.url, ...localNetworks });
  receiver.manners = ['HANGS', 'HANGS', 'HANGS', 204];
  await Promise.all(Array.from({ length: 12 }, () => registerAt(doomed)));
  await receiver.received(3);
  doomed.process.child.kill('SIGKILL');
  await doomed.process.ended;
  await eventually(async () => (await undelivered()).length === 0, 'everything is delivered', 60_000);
  expect(new Set(receiver.messages.map(({ headers }) => headers['webhook-id'])).size).toBe(12);
}, 120_000);

test('creates no more than 20 webhooks for concurrent requests (R-131)', async () => {
  const roots = await Promise.all([newRoot(), newRoot(), newRoot()]);
  for (let count = 0; count < 18; count += 1) await newWebhook(roots[0]!, { url: receiver.url });
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, number) => createWebhook(roots[number % 3]!, { url: receiver.url })),
  );
  expect(answers.filter(({ data }) => data?.createWebhook?.webhook)).toHaveLength(2);
  expect(await allWebhooks(roots[0]!)).toHaveLength(20);
}, 60_000);
