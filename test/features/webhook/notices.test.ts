import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { MailServer } from '../../support/mail-server.js';
import { query } from '../../support/database.js';
import { startPosternWithMail } from '../../support/postern-with-mail.js';
import type { TestPostern } from '../../support/postern.js';
import { bindAddress, newAddress } from '../../support/users.js';
import { WebhookReceiver } from '../../support/webhook-receiver.js';
import { localNetworks, newWebhook, testWebhook, updateWebhook } from '../../support/webhooks.js';
import { newUserOfRole } from '../administration/administrators.js';

let mail: MailServer;
let postern: TestPostern;
let receiver: WebhookReceiver;
beforeAll(async () => {
  ({ mail, postern } = await startPosternWithMail(localNetworks));
  receiver = await WebhookReceiver.start();
});
afterAll(async () => {
  await postern.close();
  await receiver.close();
});

test('notifies every ROOT of a new webhook, another URL and a failing receiver (R-129, R-131)', async () => {
  const [first, second, administrator] = [newAddress(), newAddress(), newAddress()];
  const root = await newUserOfRole(postern, 'ROOT');
  await bindAddress(postern, mail, root, first);
  await bindAddress(postern, mail, await newUserOfRole(postern, 'ROOT'), second);
  await bindAddress(postern, mail, await newUserOfRole(postern, 'ADMIN'), administrator);
  const before = mail.to(administrator).length;
  const subjectOf = async (subject: string) => {
    for (const address of [first, second])
      await mail.until(() => mail.to(address).some((received) => received.subject === subject));
    return mail.to(second).find((received) => received.subject === subject)!;
  };

  const { id } = await newWebhook(root.client, { url: receiver.url, eventTypes: ['REGISTERED'] });
  const created = await subjectOf('A webhook was created');
  expect(created.text).toContain(id);
  expect(created.text).not.toContain(receiver.url);
  await updateWebhook(root.client, { id, url: `${receiver.url}/other`, description: 'moved' });
  await subjectOf('The URL of a webhook was changed');
  receiver.manners = [410];
  await testWebhook(root.client, id);
  await subjectOf('A webhook was turned off');
  expect(mail.to(administrator)).toHaveLength(before);
  await updateWebhook(root.client, { id, status: 'ACTIVE', url: `${receiver.url}/other` });
  expect(await query(postern.database, 'select status from webhooks')).toEqual([{ status: 'ACTIVE' }]);
  expect(mail.to(first).filter(({ subject }) => subject === 'The URL of a webhook was changed')).toHaveLength(1);
});
