import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { query } from '../../support/database.js';
import { eventually } from '../../support/eventually.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { newUser, signIn, type TestUser } from '../../support/users.js';
import { verifyMessage, WebhookReceiver, type Manner } from '../../support/webhook-receiver.js';
import {
  deleteWebhook,
  deliveriesOf,
  localNetworks,
  newWebhook,
  redeliverWebhook,
  rotateWebhookSecret,
  testWebhook,
  updateWebhook,
} from '../../support/webhooks.js';
import { newUserOfRole } from '../administration/administrators.js';

jest.setTimeout(60_000);

let postern: TestPostern;
let root: TestUser;
let receiver: WebhookReceiver;
let quick: WebhookReceiver;
beforeAll(async () => {
  postern = await startPostern(localNetworks);
});
afterAll(() => postern.close());
beforeEach(async () => {
  // A test may advance the clock beyond the end of a session.
  root = await newUserOfRole(postern, 'ROOT');
  receiver = await WebhookReceiver.start();
  quick = await WebhookReceiver.start();
});
afterEach(async () => {
  await query(postern.database, 'delete from webhooks');
  await query(postern.database, 'delete from webhook_deliveries');
  await receiver.close();
  await quick.close();
});

/** Waits until the newest delivery of a webhook has a status and this many attempts. */
async function newestIs(id: string, status: string, attempts: number) {
  await eventually(async () => {
    const [newest] = await deliveriesOf(root.client, id);
    return newest?.status === status && newest.attempts === attempts && (status !== 'PENDING' || isSettled(newest));
  }, `${status} after ${attempts} attempts`);
  return (await deliveriesOf(root.client, id))[0]!;
}

/** Whether no attempt is in progress: then the next one is due within the lease. */
const isSettled = ({ nextAttemptAt, attempts }: { nextAttemptAt: string | null; attempts: number }) =>
  attempts === 0 || new Date(nextAttemptAt!).getTime() - postern.clock.read().getTime() !== 30_000;

test('delivers an event with the headers and the body of the contract (R-126, R-128)', async () => {
  const { id, secret } = await newWebhook(root.client, { url: receiver.url, eventTypes: ['LOGIN_SUCCEEDED'] });
  const user = await newUser(postern);
  const client = postern.client();
  client.headers['user-agent'] = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  await client.send('mutation ($input: LoginInput!) { login(input: $input) { session { session { id } } } }', {
    input: { login: user.username, password: user.password },
  });
  const [message] = await receiver.received(1);
  const delivery = await newestIs(id, 'DELIVERED', 1);
  expect(delivery).toMatchObject({ eventType: 'LOGIN_SUCCEEDED', responseStatus: 204, nextAttemptAt: null });
  const [event] = await query(
    postern.database,
    "select request_id from security_events where type = 'LOGIN_SUCCEEDED' order by id desc limit 1",
  );
  expect(message!.headers).toMatchObject({
    'content-type': 'application/json',
    'webhook-id': delivery.eventId,
    'webhook-timestamp': String(Math.floor(postern.clock.read().getTime() / 1_000)),
    'webhook-signature': expect.stringMatching(/^v1,[A-Za-z0-9+/]{43}=$/),
  });
  expect(verifyMessage(secret, message!)).toEqual({
    type: 'LOGIN_SUCCEEDED',
    timestamp: delivery.at,
    data: {
      id: delivery.eventId,
      at: delivery.at,
      outcome: 'SUCCESS',
      userId: user.id,
      actorId: user.id,
      sessionId: expect.stringMatching(/^session_/),
      accessTokenId: null,
      reason: null,
      ip: '127.0.0.1',
      device: 'Firefox on Linux',
      requestId: event!['request_id'],
    },
  });
  expect(message!.body).not.toContain(user.username);
});

test('sends each webhook the types that it asked for, and nothing while none is active (R-126)', async () => {
  const { id } = await newWebhook(root.client, { url: receiver.url, eventTypes: ['REGISTERED'] });
  const user = await newUser(postern);
  await signIn(postern, user);
  await newestIs(id, 'DELIVERED', 1);
  expect((await deliveriesOf(root.client, id)).map(({ eventType }) => eventType)).toEqual(['REGISTERED']);
  await updateWebhook(root.client, { id, status: 'DISABLED' });
  await newUser(postern);
  expect(await deliveriesOf(root.client, id)).toHaveLength(1);
  expect(await query(postern.database, "select 1 from webhook_deliveries where status = 'PENDING'")).toEqual([]);
});

test('sends a test to this webhook alone, whatever types it receives', async () => {
  const { id: other } = await newWebhook(root.client, { url: receiver.url });
  const { id, secret } = await newWebhook(root.client, { url: receiver.url, eventTypes: ['REGISTERED'] });
  const { data } = await testWebhook(root.client, id);
  expect(data.testWebhook).toMatchObject({
    delivery: { eventType: 'WEBHOOK_TESTED', status: 'PENDING', attempts: 0 },
    userErrors: [],
  });
  await newestIs(id, 'DELIVERED', 1);
  const [message] = receiver.ofType('WEBHOOK_TESTED');
  expect(verifyMessage(secret, message!)).toMatchObject({ data: { id: data.testWebhook!.delivery!.eventId } });
  expect((await deliveriesOf(root.client, other)).map(({ eventType }) => eventType)).not.toContain('WEBHOOK_TESTED');
  await updateWebhook(root.client, { id, status: 'DISABLED' });
  expect((await testWebhook(root.client, id)).data.testWebhook).toEqual({
    delivery: null,
    userErrors: [{ code: 'INVALID_VALUE', field: ['id'] }],
  });
});

test('signs with both secrets during a rotation, and then with the new one alone (R-126)', async () => {
  const { id, secret } = await newWebhook(root.client, { url: receiver.url, eventTypes: ['REGISTERED'] });
  const rotated = (await rotateWebhookSecret(root.client, { id, graceHours: 2 })).data.rotateWebhookSecret!.secret!;
  await testWebhook(root.client, id);
  const [during] = await receiver.received(1);
  expect(during!.headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
  for (const valid of [secret, rotated])
    expect(verifyMessage(valid, during!)).toMatchObject({ type: 'WEBHOOK_TESTED' });
  postern.clock.advance({ hours: 2 });
  root = await newUserOfRole(postern, 'ROOT');
  await testWebhook(root.client, id);
  await eventually(() => receiver.ofType('WEBHOOK_TESTED').length === 2, 'the second test');
  const after = receiver.ofType('WEBHOOK_TESTED')[1]!;
  expect(after.headers['webhook-signature']).toMatch(/^v1,\S+$/);
  expect(() => verifyMessage(secret, after)).toThrow();
});

test('retries at growing distances for three days, then gives up (R-129)', async () => {
  receiver.manners = [500];
  const { id } = await newWebhook(root.client, { url: receiver.url, eventTypes: ['REGISTERED'] });
  await testWebhook(root.client, id);
  const distances: number[] = [];
  let delivery = await newestIs(id, 'PENDING', 1);
  const at = new Date(delivery.at).getTime();
  while (delivery.status === 'PENDING') {
    expect(delivery.responseStatus).toBe(500);
    const seconds = (new Date(delivery.nextAttemptAt!).getTime() - postern.clock.read().getTime()) / 1_000;
    distances.push(seconds);
    postern.clock.advance({ seconds });
    const attempts = delivery.attempts + 1;
    const [row] = await rowsAfter(attempts);
    delivery = { ...delivery, ...row };
  }
  expect(distances).toEqual([5, 60, 600, 3_600, 10_800, 21_600, 43_200, 86_400, 86_400]);
  expect(postern.clock.read().getTime() - at).toBeLessThanOrEqual(3 * 86_400_000);
  expect(delivery).toMatchObject({ status: 'FAILED', nextAttemptAt: null });
  expect(new Set(receiver.messages.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(new Set(receiver.messages.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(10);

  /** The delivery once an attempt was stored. */
  async function rowsAfter(attempts: number) {
    const read = async () =>
      (await query(postern.database, 'select * from webhook_deliveries')).map((row) => ({
        status: row['status'] as typeof delivery.status,
        attempts: Number(row['attempts']),
        responseStatus: row['response_status'] as number | null,
        nextAttemptAt: row['next_attempt_at'] as string | null,
      }));
    await eventually(async () => {
      const [row] = await read();
      return row!.attempts === attempts && (row!.status === 'FAILED' || isSettled(row!));
    }, `attempt ${attempts}`);
    return read();
  }
});

test('turns a webhook off after five days of failures, and starts again when it is set to ACTIVE (R-129)', async () => {
  receiver.manners = [503];
  const { id } = await newWebhook(root.client, { url: receiver.url, eventTypes: ['REGISTERED'] });
  await testWebhook(root.client, id);
  await newestIs(id, 'PENDING', 1);
  postern.clock.advance({ days: 5 });
  root = await newUserOfRole(postern, 'ROOT');
  await eventually(
    async () => (await query(postern.database, 'select status from webhooks'))[0]!['status'] === 'FAILING',
    'it is failing',
  );
  expect(
    await query(
      postern.database,
      "select account_id, actor_id, detail from security_events where type = 'WEBHOOK_FAILING'",
    ),
  ).toEqual([{ account_id: null, actor_id: null, detail: id }]);
  expect((await deliveriesOf(root.client, id)).map(({ status }) => status)).toEqual(
    expect.not.arrayContaining(['PENDING']),
  );
  await newUser(postern);
  const before = (await deliveriesOf(root.client, id)).length;
  receiver.manners = [200];
  // A later time, so that the test is the newest delivery.
  postern.clock.advance({ seconds: 1 });
  await updateWebhook(root.client, { id, status: 'ACTIVE' });
  await testWebhook(root.client, id);
  await newestIs(id, 'DELIVERED', 1);
  expect(await deliveriesOf(root.client, id)).toHaveLength(before + 1);
});

test('turns a webhook off when its receiver answers 410 (R-129)', async () => {
  receiver.manners = [410];
  const { id } = await newWebhook(root.client, { url: receiver.url, eventTypes: ['REGISTERED'] });
  await testWebhook(root.client, id);
  expect(await newestIs(id, 'FAILED', 1)).toMatchObject({ responseStatus: 410, nextAttemptAt: null });
  await eventually(
    async () => (await query(postern.database, 'select status from webhooks'))[0]!['status'] === 'FAILING',
    'it is failing',
  );
});

test('counts deliveries by outcome, what waits, and failing webhooks in the metrics', async () => {
  const waiting = await newWebhook(root.client, { url: quick.url, eventTypes: ['REGISTERED'] });
  quick.manners = [500];
  await testWebhook(root.client, waiting.id);
  await newestIs(waiting.id, 'PENDING', 1);
  receiver.manners = [410];
  const { id } = await newWebhook(root.client, { url: receiver.url, eventTypes: ['REGISTERED'] });
  await testWebhook(root.client, id);
  await newestIs(id, 'FAILED', 1);
  await eventually(
    async () => (await query(postern.database, "select from webhooks where status = 'FAILING'")).length === 1,
    'it is failing',
  );
  const text = await (await fetch(`${postern.url}/metrics`)).text();
  expect(text).toMatch(/^postern_webhook_deliveries_total\{outcome="DELIVERED"\} \d+$/m);
  expect(text).toMatch(/^postern_webhook_deliveries_total\{outcome="RETRIED"\} [1-9]/m);
  expect(text).toMatch(/^postern_webhook_deliveries_total\{outcome="FAILED"\} [1-9]/m);
  expect(text).toMatch(/^postern_webhook_deliveries_waiting 1$/m);
  expect(text).toMatch(/^postern_webhooks_failing 1$/m);
});

test('tries a delivery again with the same ID and a new timestamp (R-126)', async () => {
  const { id, secret } = await newWebhook(root.client, { url: receiver.url, eventTypes: ['REGISTERED'] });
  const { delivery } = (await testWebhook(root.client, id)).data.testWebhook!;
  await newestIs(id, 'DELIVERED', 1);
  postern.clock.advance({ seconds: 5 });
  const { data } = await redeliverWebhook(root.client, delivery!.id);
  expect(data.redeliverWebhook).toMatchObject({ delivery: { id: delivery!.id, status: 'PENDING' }, userErrors: [] });
  await newestIs(id, 'DELIVERED', 2);
  const [first, second] = receiver.messages;
  expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
  expect(second!.body).toBe(first!.body);
  expect(Number(second!.headers['webhook-timestamp'])).toBe(Number(first!.headers['webhook-timestamp']) + 5);
  expect(verifyMessage(secret, second!)).toMatchObject({ type: 'WEBHOOK_TESTED' });
  await deleteWebhook(root.client, id);
  expect((await redeliverWebhook(root.client, delivery!.id)).data.redeliverWebhook).toEqual({
    delivery: null,
    userErrors: [{ code: 'NOT_FOUND', field: ['deliveryId'] }],
  });
});

test.each<[Manner, string, number | null]>([
  [200, 'DELIVERED', 200],
  [299, 'DELIVERED', 299],
  ['SENDS_FOREVER', 'DELIVERED', 200],
  [304, 'PENDING', 304],
  [500, 'PENDING', 500],
  ['REDIRECTS', 'PENDING', 302],
  ['CLOSES_EARLY', 'PENDING', null],
  ['CUTS_ANSWER_OFF', 'PENDING', null],
  ['UPGRADES', 'PENDING', null],
])('counts the answer %s as %s, with the status %s (R-127)', async (manner, status, responseStatus) => {
  receiver.manners = [manner];
  const { id } = await newWebhook(root.client, { url: receiver.url, eventTypes: ['REGISTERED'] });
  await testWebhook(root.client, id);
  expect(await newestIs(id, status, 1)).toMatchObject({ responseStatus });
  expect(receiver.messages).toHaveLength(1);
});

test('ends a request after 10 seconds, and does not keep other receivers waiting (R-127, R-129)', async () => {
  receiver.manners = ['HANGS', 'DRIPS', 'HANGS', 'DRIPS', 'HANGS', 204];
  const slow = await newWebhook(root.client, { url: receiver.url, eventTypes: ['REGISTERED'] });
  const { id } = await newWebhook(root.client, { url: quick.url, eventTypes: ['REGISTERED'] });
  const startedAt = performance.now();
  for (let count = 0; count < 6; count += 1) await testWebhook(root.client, slow.id);
  await receiver.received(5);
  await testWebhook(root.client, id);
  await newestIs(id, 'DELIVERED', 1);
  expect(performance.now() - startedAt).toBeLessThan(9_000);
  expect(receiver.messages).toHaveLength(5);
  await receiver.received(6);
  expect(performance.now() - startedAt).toBeGreaterThan(9_500);
  await eventually(
    async () => (await deliveriesOf(root.client, slow.id)).filter(({ status }) => status === 'DELIVERED').length === 1,
    'only the last test was delivered',
  );
});
