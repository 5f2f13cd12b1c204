import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { newAuthority, selfSigned } from '../../support/certificates.js';
import { query } from '../../support/database.js';
import { eventually } from '../../support/eventually.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import type { TestUser } from '../../support/users.js';
import { WebhookReceiver } from '../../support/webhook-receiver.js';
import { deliveriesOf, newWebhook, testWebhook } from '../../support/webhooks.js';
import { newUserOfRole } from '../administration/administrators.js';

const name = 'hooks.example.org';
const [trusted, untrusted] = [newAuthority(), newAuthority()];
const authorities = getCACertificates('default');

let postern: TestPostern;
let root: TestUser;
let receiver: WebhookReceiver;
beforeAll(async () => {
  setDefaultCACertificates([...authorities, trusted.cert]);
  postern = await startPostern({ WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1' });
  Object.assign(postern.app.dependencies, { resolveName: () => Promise.resolve(['127.0.0.1']) });
  root = await newUserOfRole(postern, 'ROOT');
});
afterEach(async () => {
  await query(postern.database, 'delete from webhooks');
  await receiver.close();
});
afterAll(async () => {
  setDefaultCACertificates(authorities);
  await postern.close();
});

/** Sends a test to the receiver by its name, which leads to this machine. @returns the ID of the webhook */
async function sendTest(): Promise<string> {
  const { id } = await newWebhook(root.client, {
    url: `https://${name}:${receiver.port}/`,
    eventTypes: ['REGISTERED'],
  });
  await testWebhook(root.client, id);
  return id;
}

test('delivers over TLS to a receiver whose certificate is for the name of the URL (R-127)', async () => {
  receiver = await WebhookReceiver.start('127.0.0.1', trusted.issue(`DNS:${name}`));
  const id = await sendTest();
  await eventually(async () => (await deliveriesOf(root.client, id))[0]!.status === 'DELIVERED', 'the delivery');
  expect(receiver.messages).toMatchObject([{ serverName: name, headers: { host: `${name}:${receiver.port}` } }]);
});

test.each([
  ['another name', () => trusted.issue('DNS:other.example.org'), 'the certificate is for another name'],
  ['the address alone', () => trusted.issue('IP:127.0.0.1'), 'the certificate is for another name'],
  ['the name, of an unknown authority', () => untrusted.issue(`DNS:${name}`), 'not signed by a trusted authority'],
  ['the name, self-signed', () => selfSigned(name), 'the certificate is not signed by a trusted authority'],
])('sends nothing to a receiver with a certificate for %s, and says why (R-127)', async (_for, issue, reason) => {
  receiver = await WebhookReceiver.start('127.0.0.1', issue());
  const before = postern.log.length;
  const id = await sendTest();
  const failures = () => postern.log.slice(before).filter((line) => line.includes('webhook delivery failed'));
  await eventually(() => failures().length > 0, 'the failure');
  expect(failures()).toEqual([expect.stringContaining(reason)]);
  expect(failures()[0]).not.toContain(name);
  expect((await deliveriesOf(root.client, id))[0]).toMatchObject({ status: 'PENDING', responseStatus: null });
  expect(receiver.messages).toEqual([]);
});
