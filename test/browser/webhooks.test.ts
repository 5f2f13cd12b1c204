import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { newUserOfRole } from '../features/administration/administrators.js';
import { query } from '../support/database.js';
import { goodPassword, Login, newUser, type TestUser } from '../support/users.js';
import { WebhookReceiver } from '../support/webhook-receiver.js';
import { allWebhooks, createWebhook, deleteWebhook, localNetworks, newWebhook } from '../support/webhooks.js';
import { button, field, fillIn } from './page-actions.js';
import { expectAccessible, expectToFit, latinWords } from './page-checks.js';
import { setStage } from './stage.js';

const stage = setStage(localNetworks);
const path = '/administration/webhooks';
const url = 'https://127.0.0.1/hooks';

const dialogOf = (page: Page) => page.getByRole('dialog');
const settings = (page: Page) => page.getByRole('region', { name: 'Settings' });
const stepUp = (page: Page) => page.getByRole('dialog', { name: 'Confirm it’s you' });

/** A ROOT, and a server without webhooks. */
async function newRoot(): Promise<TestUser> {
  const root = await newUserOfRole(stage.postern, 'ROOT');
  for (const { id } of await allWebhooks(root.client)) await deleteWebhook(root.client, id);
  return root;
}

/** The secret, after the dialog that shows it once was closed. */
async function saveSecret(page: Page): Promise<string> {
  await page.getByRole('heading', { name: 'Your webhook’s secret' }).waitFor();
  const secret = await dialogOf(page).locator('.secret code').innerText();
  await page.getByLabel('I’ve saved it in a safe place').check();
  await button(page, 'Done').click();
  await dialogOf(page).waitFor({ state: 'detached' });
  return secret;
}

test('shows webhooks to ROOT alone', async () => {
  const root = await newRoot();
  for (const role of ['ADMIN', 'USER'] as const) {
    const user = role === 'USER' ? await newUser(stage.postern) : await newUserOfRole(stage.postern, role);
    const page = await stage.open(user, path);
    await page.getByRole('heading', { name: 'Page not found' }).waitFor();
    if (role === 'USER') continue;
    await page.goto(`${stage.url}/administration`);
    await page.getByRole('link', { name: 'Security events' }).waitFor();
    expect(await page.getByRole('link', { name: 'Webhooks' }).count()).toBe(0);
  }
  const page = await stage.open(root, '/administration');
  await page.getByRole('link', { name: 'Webhooks' }).click();
  await page.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor();
});

test('creates a webhook after step-up, shows its secret once, and leads to it', async () => {
  const root = await newRoot();
  const page = await stage.open(root, path);
  await page.getByRole('heading', { name: 'No webhooks yet' }).waitFor();
  await expectAccessible(page);
  await expectToFit(page);
  stage.postern.clock.advance({ minutes: 11 });
  await button(page, 'Create webhook').click();
  await fillIn(dialogOf(page), { URL: url, 'Description (optional)': 'Alerts' });
  await button(dialogOf(page), 'Create webhook').click();
  await field(stepUp(page), 'Password').fill(goodPassword);
  await button(stepUp(page), 'Confirm').click();

  await page.getByText('see standardwebhooks.com').waitFor();
  const link = page.getByRole('link', { name: 'standardwebhooks.com' });
  expect(await link.getAttribute('href')).toBe('https://www.standardwebhooks.com');
  await expectAccessible(page);
  await expectToFit(page);
  const shown = await dialogOf(page).locator('.secret code').innerText();
  await button(dialogOf(page), 'Copy').click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shown);
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('Escape');
  expect(await saveSecret(page)).toBe(shown);
  expect(shown).toMatch(/^whsec_/);
  expect(await page.content()).not.toContain(shown);
  await page.getByRole('heading', { level: 1, name: 'Alerts' }).waitFor();
  await settings(page).getByText('All events').waitFor();
  await page.getByRole('link', { name: 'All webhooks' }).click();
  await page.getByRole('row').filter({ hasText: 'Alerts' }).getByText('Active').waitFor();
  await expectAccessible(page);
  // Step-up replaced the session of the client.
  const stored = await query(stage.postern.database, 'select url, description, event_types from webhooks', []);
  expect(stored).toEqual([{ url, description: 'Alerts', event_types: [] }]);
});

test('chooses event types in groups, and refuses a choice of none', async () => {
  const root = await newRoot();
  const page = await stage.open(root, path);
  await button(page, 'Create webhook').click();
  await field(dialogOf(page), 'URL').fill(url);
  await dialogOf(page).getByText('Uncheck to choose types.').waitFor();
  await dialogOf(page).getByLabel('All events').uncheck();
  await dialogOf(page).getByText('Open a group to choose its types.').waitFor();
  await button(dialogOf(page), 'Create webhook').click();
  await dialogOf(page).getByText('Choose at least one type, or all events.').waitFor();
  await expectAccessible(page);
  expect(await page.evaluate(() => document.activeElement?.closest('label')?.textContent)).toBe('All events');
  await dialogOf(page).getByText('Sign-ins and sessions').click();
  await dialogOf(page).getByLabel('Failed sign-in').check();
  await dialogOf(page).getByText('Tokens and call keys').click();
  await dialogOf(page).locator('details', { hasText: 'Tokens and call keys' }).getByLabel('All of this group').check();
  await dialogOf(page).getByText('11 of 11').waitFor();
  await dialogOf(page).getByLabel('API token viewed').uncheck();
  await expectAccessible(page);
  await expectToFit(page);
  await button(dialogOf(page), 'Create webhook').click();
  await saveSecret(page);
  await settings(page)
    .getByText(/Failed sign-in.*API token reset/)
    .waitFor();
  const [webhook] = await allWebhooks(root.client);
  expect(webhook!.eventTypes).toHaveLength(11);
  expect(webhook!.eventTypes).toEqual(expect.arrayContaining(['LOGIN_FAILED', 'CALL_KEY_ROTATED']));

  await button(page, 'Edit').click();
  await dialogOf(page).getByLabel('All events').check();
  await button(dialogOf(page), 'Save').click();
  await page.getByText('Changes saved.').waitFor();
  await settings(page).getByText('All events').waitFor();
  expect((await allWebhooks(root.client))[0]!.eventTypes).toEqual([]);
});

test('explains a refused URL at its field, and the limit above the form', async () => {
  const root = await newRoot();
  const page = await stage.open(root, path);
  await button(page, 'Create webhook').click();
  await field(dialogOf(page), 'URL').fill('https://10.0.0.1/hooks');
  await button(dialogOf(page), 'Create webhook').click();
  await dialogOf(page).getByText('Enter an https URL of a server on the public internet').waitFor();
  expect(await field(dialogOf(page), 'URL').evaluate((input) => input === document.activeElement)).toBe(true);
  await expectAccessible(page);
  for (let count = 0; count < 20; count += 1) await createWebhook(root.client, { url });
  await field(dialogOf(page), 'URL').fill(url);
  await button(dialogOf(page), 'Create webhook').click();
  await dialogOf(page).getByRole('alert').getByText('You’ve reached the limit of 20 webhooks.').waitFor();
  expect(await allWebhooks(root.client)).toHaveLength(20);
});

test('rotates the secret, turns a webhook off and on, and deletes it', async () => {
  const root = await newRoot();
  const { id, secret } = await newWebhook(root.client, { url, description: 'Alerts' });
  const page = await stage.open(root, `${path}/${id}`);
  await button(page, 'Rotate secret').click();
  await page.getByLabel('Also sign with the old secret for').selectOption('1 hour');
  await expectAccessible(page);
  await button(dialogOf(page), 'Rotate secret').click();
  expect(await saveSecret(page)).not.toBe(secret);

  await button(page, 'Turn off').click();
  await dialogOf(page)
    .getByText('Waiting deliveries fail, and events that happen while it’s off aren’t kept.')
    .waitFor();
  await button(dialogOf(page), 'Turn off').click();
  await settings(page).getByText('Off', { exact: true }).waitFor();
  await page.getByText('Turn the webhook on to send something.').waitFor();
  expect(await button(page, 'Send test').count()).toBe(0);
  await button(page, 'Turn on').click();
  await button(dialogOf(page), 'Turn on').click();
  await settings(page).getByText('Active', { exact: true }).waitFor();

  await button(page, 'Delete').click();
  await dialogOf(page).getByText('Alerts').waitFor();
  await expectAccessible(page);
  await button(dialogOf(page), 'Delete').click();
  await page.getByText('Webhook deleted.').waitFor();
  await page.getByRole('heading', { name: 'No webhooks yet' }).waitFor();
  await page.goto(`${stage.url}${path}/${id}`);
  await page.getByText('Webhook not found.').waitFor();
});

test('explains a failing webhook and what to do', async () => {
  const root = await newRoot();
  const { id } = await newWebhook(root.client, { url });
  await query(stage.postern.database, "update webhooks set status = 'FAILING'", []);
  const page = await stage.open(root, path);
  await page.getByText('Turned off: nothing could be delivered.').waitFor();
  await expectAccessible(page);
  await expectToFit(page);
  await page.goto(`${stage.url}${path}/${id}`);
  await page.getByRole('alert').getByText('turn the webhook on, and send a test').waitFor();
  await expectAccessible(page);
  await button(page, 'Turn on').click();
  await button(dialogOf(page), 'Turn on').click();
  await page.getByRole('alert').waitFor({ state: 'detached' });
});

test('sends a test and shows whether it was delivered, and sends it again', async () => {
  const root = await newRoot();
  const receiver = await WebhookReceiver.start();
  receiver.manners = [204, 503];
  try {
    const { id } = await newWebhook(root.client, { url: receiver.url, eventTypes: ['USER_ERASED'] });
    const page = await stage.open(root, `${path}/${id}`);
    await page.getByText('Nothing was sent yet.').waitFor();
    await button(page, 'Send test').click();
    await page.getByText('Sending…').waitFor();
    await page.getByText('Delivered. The receiver answered 204.').waitFor();
    const row = page.getByRole('row').filter({ hasText: 'Webhook tested' });
    await row.getByText('Delivered', { exact: true }).waitFor();
    await expectAccessible(page);
    await expectToFit(page);
    expect(await button(row, /^Send again: Webhook tested, /).count()).toBe(1);

    await button(row, /^Send again/).click();
    await page.getByText('Not delivered. The receiver answered 503').waitFor();
    await page.getByText('We’ll try again for up to 3 days.').waitFor();
    await row.getByText('Waiting', { exact: true }).waitFor();
    await row.getByText(/^in \d+ (?:seconds|minutes?)$/).waitFor();
    await expectAccessible(page);
    const ids = new Set(receiver.messages.map(({ headers }) => headers['webhook-id']));
    expect([...ids]).toEqual([await row.locator('code').innerText()]);
  } finally {
    await receiver.close();
  }
});

test('shows new deliveries after a refresh', async () => {
  const root = await newRoot();
  const { id } = await newWebhook(root.client, { url, eventTypes: ['LOGIN_FAILED'] });
  const page = await stage.open(root, `${path}/${id}`);
  await page.getByText('Nothing was sent yet.').waitFor();
  await stage.postern.client().send(Login, { input: { login: 'unknown', password: 'wrong' } });
  await button(page, 'Refresh').click();
  await page.getByRole('row').filter({ hasText: 'Failed sign-in' }).waitFor();
});

test('pages through deliveries, newest first', async () => {
  const root = await newRoot();
  const { id } = await newWebhook(root.client, { url, eventTypes: ['LOGIN_FAILED'] });
  for (let count = 0; count < 22; count += 1)
    await stage.postern.client().send(Login, { input: { login: `unknown-${count}`, password: 'wrong' } });
  const page = await stage.open(root, `${path}/${id}`);
  const rows = page.getByRole('row').filter({ hasText: 'Failed sign-in' });
  await rows.nth(19).waitFor();
  await button(page, 'Older').click();
  await rows.nth(2).waitFor({ state: 'detached' });
  expect(await rows.count()).toBe(2);
  await button(page, 'Newer').click();
  await rows.nth(19).waitFor();
  await expectAccessible(page);
});

test('creates a webhook with the keyboard alone', async () => {
  const root = await newRoot();
  const page = await stage.open(root, path);
  await button(page, 'Create webhook').press('Enter');
  await page.keyboard.type(url);
  const keyTo = async (name: string) => {
    for (let press = 0; press < 20; press += 1) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => {
        const active = document.activeElement;
        return active?.closest('label, summary')?.textContent ?? active?.textContent;
      });
      if (focused?.startsWith(name)) return;
    }
    throw new Error(`Tab does not reach ${name}`);
  };
  await keyTo('All events');
  await page.keyboard.press('Space');
  await keyTo('Administration');
  await page.keyboard.press('Enter');
  await keyTo('Role changed');
  await page.keyboard.press('Space');
  await keyTo('Create webhook');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Your webhook’s secret' }).waitFor();
  await keyTo(' I’ve saved it in a safe place');
  await page.keyboard.press('Space');
  await keyTo('Done');
  await page.keyboard.press('Enter');
  await settings(page).getByText('Role changed').waitFor();
});

test('fits a phone and speaks Chinese', async () => {
  const root = await newRoot();
  await root.client.send('mutation { setLocale(input: { locale: ZH }) { userErrors { code } } }');
  await newWebhook(root.client, { url, eventTypes: ['LOGIN_FAILED', 'USER_ERASED', 'REGISTERED', 'LOGGED_OUT'] });
  const { id } = await newWebhook(root.client, { url: `${url}/${'1'.repeat(500)}` });
  await query(stage.postern.database, "update webhooks set status = 'FAILING' where length(url) > 500", []);
  const page = await stage.open(root, path, { locale: 'zh-CN', viewport: { width: 375, height: 740 } });
  await page.getByText('另有 1 种').waitFor();
  const wordsOf = (text: string) => latinWords(text.replaceAll(/https:\/\/\S+|event_\w+/g, ''));
  const expectChinese = async () => {
    await expectToFit(page);
    await expectAccessible(page);
    expect(wordsOf(await page.locator('main').innerText())).toEqual([]);
  };
  await expectChinese();
  await button(page, '创建 Webhook').click();
  await dialogOf(page).getByLabel('全部事件').uncheck();
  for (const group of await dialogOf(page).locator('summary').all()) await group.click();
  await expectToFit(page);
  await expectAccessible(page);
  expect(wordsOf(await dialogOf(page).innerText())).toEqual([]);
  await page.goto(`${stage.url}${path}/${id}`);
  await page.getByText('重新启用后发送测试').waitFor();
  await expectChinese();
  for (const name of ['更换密钥', '启用', '删除']) {
    await button(page, name).click();
    await expectToFit(page);
    expect(wordsOf(await dialogOf(page).innerText())).toEqual([]);
    await page.keyboard.press('Escape');
  }
});
