import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { newCallKeyOf } from '../features/call-key/own-keys.js';
import { call, newGateway, report } from '../features/usage/gateway.js';
import { bindAddress, newAddress, newUser, type TestUser } from '../support/users.js';
import { expectAccessible, expectToFit } from './page-checks.js';
import { setStage } from './stage.js';

const CREATE =
  'mutation ($input: CreateCallKeyInput!) { createCallKey(input: $input) { key callKey { id hint } userErrors { code } } }';

describe('the Keys view', () => {
  const stage = setStage();

  const createKey = async ({ client }: TestUser, input: Record<string, unknown>) =>
    (await client.send(CREATE, { input })).data['createCallKey'].key as string;
  const statusOf = (page: Page, name: string) =>
    page.getByRole('row').filter({ hasText: name }).locator('td.status').innerText();

  test('creates the first call key and shows its secret once', async () => {
    const page = await stage.open(await newUser(stage.postern), '/keys');
    await page.getByRole('heading', { name: 'No keys yet' }).waitFor();
    expect(await page.getByText('Use call keys (sk-)').count()).toBe(1);
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Create key' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Robot');
    await dialog.getByLabel('Expires').selectOption('month');
    await dialog.getByLabel('Quota').fill('5000');
    await dialog.getByLabel('Models').fill('gpt-5\nclaude-5');
    await dialog.getByLabel('Allowed IP addresses').fill('not an address');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Create key' }).click();
    await dialog.getByText('Enter an IP address or range').waitFor();
    expect(await dialog.getByLabel('Name').inputValue()).toBe('Robot');
    await dialog.getByLabel('Allowed IP addresses').fill('203.0.113.0/24');
    await dialog.getByRole('button', { name: 'Create key' }).click();

    await page.getByRole('heading', { name: 'Your new key' }).waitFor();
    const secret = await page.getByRole('dialog').locator('code').innerText();
    expect(secret).toMatch(/^sk-/);
    await page.getByRole('dialog').getByRole('button', { name: 'Copy' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('button', { name: 'Done' }).isDisabled()).toBe(true);
    await expectAccessible(page);
    await page.getByLabel('I’ve saved it in a safe place').check();
    await page.getByRole('button', { name: 'Done' }).click();

    await page.getByRole('row').filter({ hasText: 'Robot' }).waitFor();
    expect(await page.locator('tbody tr').innerText()).toMatch(
      /Active[\s\S]*5,000 left[\s\S]*0 used[\s\S]*2 models[\s\S]*203\.0\.113\.0\/24[\s\S]*Never[\s\S]*\w{3} \d{1,2}, \d{4}, \d{1,2}:\d{2}:\d{2}/,
    );
    expect(await page.content()).not.toContain(secret);
    expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain(
      'sk-',
    );
  });

  test('explains a quota that is not a number', async () => {
    const page = await stage.open(await newUser(stage.postern), '/keys');
    await page.getByRole('button', { name: 'Create key' }).click();
    const quota = page.getByLabel('Quota');
    await page.getByLabel('Name').fill('Robot');
    await quota.fill('abc');
    await page.getByRole('dialog').getByRole('button', { name: 'Create key' }).click();
    expect(await quota.evaluate((element: HTMLInputElement) => element.validationMessage)).toBe(
      'Enter a whole number, or leave it empty for no limit.',
    );
  });

  test('creates a call key with a quota that renews, edits it and removes the quota', async () => {
    const page = await stage.open(await newUser(stage.postern), '/keys', { timezoneId: 'Asia/Kolkata' });
    await page.getByRole('button', { name: 'Create key' }).click();
    const dialog = page.getByRole('dialog');
    await page.getByLabel('Name').fill('Robot');
    await dialog.getByText('Renewing quota and limits per minute').click();
    await page.getByLabel('Renews').selectOption('Every week');
    await page.getByLabel('Quota per period').fill('5000');
    await dialog.getByText('every Monday at midnight in this time zone').waitFor();
    expect(await page.getByLabel('Time zone').inputValue()).toMatch(/^Asia\/(Kolkata|Calcutta)$/);
    await page.getByLabel('Requests per minute').fill('60');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Create key' }).click();
    await page.getByLabel('I’ve saved it in a safe place').check();
    await page.getByRole('button', { name: 'Done' }).click();
    const row = page.getByRole('row').filter({ hasText: 'Robot' });
    await row.getByText('0 of 5,000 this week').waitFor();
    expect(await row.innerText()).toMatch(/Renews (?:in|tomorrow)[\s\S]*0 used in total[\s\S]*60 requests\/min/);

    await page.getByRole('button', { name: 'Edit: Robot' }).click();
    expect(await page.getByLabel('Renews').inputValue()).toBe('WEEK');
    await page.getByLabel('Quota per period').fill('');
    await dialog.getByText('Renewing quota and limits per minute').click();
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await page.getByLabel('Quota per period').isVisible()).toBe(true);
    await page.getByLabel('Quota per period').fill('10');
    await page.getByLabel('Time zone').fill('Mars/Olympus');
    await dialog.getByText('Renewing quota and limits per minute').click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Choose a time zone, such as Europe/Berlin.').waitFor();
    expect(await page.getByLabel('Time zone').evaluate((field) => field === document.activeElement)).toBe(true);
    await page.getByLabel('Renews').selectOption('Never');
    await page.getByLabel('Requests per minute').fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await row.getByText('this week').waitFor({ state: 'detached' });
    expect(await row.innerText()).not.toContain('requests/min');
  });

  test('changes the percentages at which the user is warned', async () => {
    const user = await newUser(stage.postern);
    await createKey(user, { name: 'Worker' });
    const page = await stage.open(user, '/keys');
    const percentages = page.getByLabel('Percentages');
    const update = page.getByRole('button', { name: 'Update warnings' });
    await percentages.waitFor();
    expect(await percentages.inputValue()).toBe('80, 100');
    await percentages.fill('50, 101');
    await update.click();
    await page.getByText('Enter at most 5 different whole percentages from 1 to 100.').waitFor();
    await percentages.fill('90, 50 %');
    await update.click();
    await page.getByRole('status').filter({ hasText: 'Usage warnings updated.' }).waitFor();
    await page.reload();
    await page.getByLabel('Percentages').waitFor();
    expect(await page.getByLabel('Percentages').inputValue()).toBe('50, 90');
    await expectAccessible(page);

    await page.getByText('so warnings appear only among your security events').waitFor();
    await bindAddress(stage.postern, stage.mail, user, newAddress());
    await page.getByRole('link', { name: 'Bind an email address' }).click();
    await page.waitForURL(/\/profile#email$/);
    await page.goto(`${stage.url}/keys`);
    await page.getByLabel('Percentages').waitFor();
    expect(await page.getByRole('link', { name: 'Bind an email address' }).count()).toBe(0);
  });

  test('shows what selects all keys, also on a phone', async () => {
    const user = await newUser(stage.postern);
    for (const name of ['Robot', 'Worker']) await createKey(user, { name });
    const page = await stage.open(user, '/keys', { viewport: { width: 375, height: 812 } });
    const selectAll = page.getByRole('checkbox', { name: 'Select all on this page' });
    await selectAll.press('Space');
    await page.getByText('2 selected').waitFor();
    const isOnTop = await selectAll.evaluate((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return document.elementFromPoint(left + width / 2, top + height / 2) === element;
    });
    expect(isOnTop).toBe(true);
    await expectAccessible(page);
    await expectToFit(page);
  });

  test('edits, disables, enables and rotates a call key, and stops the old one', async () => {
    const user = await newUser(stage.postern);
    await createKey(user, { name: 'Worker', quota: '100', models: ['a', 'b'] });
    const page = await stage.open(user, '/keys');

    await page.getByRole('button', { name: 'Edit: Worker' }).click();
    await page.getByLabel('Name').fill('Night worker');
    await page.getByLabel('Quota left').fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('status').filter({ hasText: 'Changes saved.' }).waitFor();
    const row = page.getByRole('row').filter({ hasText: 'Night worker' });
    await row.getByText('No limit').waitFor();
    expect(await row.innerText()).toContain('2 models');

    await page.getByRole('button', { name: 'Disable: Night worker' }).click();
    await page.getByRole('button', { name: 'Enable: Night worker' }).waitFor();
    expect(await statusOf(page, 'Night worker')).toBe('Disabled');
    await page.getByRole('button', { name: 'Enable: Night worker' }).click();
    await page.getByRole('button', { name: 'Disable: Night worker' }).waitFor();
    expect(await statusOf(page, 'Night worker')).toBe('Active');

    await page.getByRole('button', { name: 'Rotate: Night worker' }).click();
    await page.getByLabel('Keep the old key working for').selectOption('72');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Rotate key' }).click();
    await page.getByRole('heading', { name: 'Your new key' }).waitFor();
    await page.getByLabel('I’ve saved it in a safe place').check();
    await page.getByRole('button', { name: 'Done' }).click();
    await row.getByText('The old key works until').waitFor();
    await page.getByRole('button', { name: 'Stop it now: Night worker' }).click();
    await page.getByRole('button', { name: 'Stop old key' }).click();
    await row.getByText('The old key works until').waitFor({ state: 'detached' });
  });

  test('keeps the dialog with a new call key open until the user confirms that it is saved', async () => {
    const user = await newUser(stage.postern);
    const previous = await createKey(user, { name: 'Worker' });
    await createKey(user, { name: 'Other' });
    const page = await stage.open(user, '/keys');
    await page.getByLabel('Search').fill(previous.slice(0, 8));
    await page.getByText('1 total').waitFor();
    const answers = Promise.withResolvers<void>();
    await page.route('**/graphql', async (route, request) => {
      if (request.postData()?.includes('RotateCallKey')) await answers.promise;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Rotate: Worker' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Rotate key' }).click();
    await dialog.locator('[aria-busy="true"]').waitFor();
    for (let number = 0; number < 3; number += 1) await page.keyboard.press('Escape');
    expect(await dialog.getByRole('button', { name: 'Cancel' }).isDisabled()).toBe(true);
    expect(await dialog.getByRole('button', { name: 'Close' }).count()).toBe(0);
    answers.resolve();
    await page.getByRole('heading', { name: 'Your new key' }).waitFor();
    await page.getByText('No results. Try changing your filters.').waitFor();
    const secret = await dialog.locator('code').innerText();
    expect(secret).toMatch(/^sk-/);
    const [leaving] = await Promise.all([page.waitForEvent('dialog'), page.close({ runBeforeUnload: true })]);
    expect(leaving.type()).toBe('beforeunload');
    await leaving.dismiss();
    expect(await dialog.locator('code').innerText()).toBe(secret);
    await page.getByLabel('I’ve saved it in a safe place').check();
    await page.getByRole('button', { name: 'Done' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain(secret);
  });

  test('returns to the first page of keys when the list changes or the page is empty', async () => {
    const user = await newUser(stage.postern);
    for (let number = 1; number <= 21; number += 1) await createKey(user, { name: `Key ${number}` });
    const page = await stage.open(user, '/keys');
    const rows = page.locator('tbody tr');
    await page.getByRole('button', { name: 'Older' }).click();
    await rows.nth(19).waitFor({ state: 'detached' });
    await page.getByLabel('Search').fill('Key 2');
    await page.getByText('3 total').waitFor();
    await page.getByRole('link', { name: 'Keys', exact: true }).click();
    await page.getByText('21 total').waitFor();
    expect(await rows.count()).toBe(20);
    expect(await page.getByLabel('Search').inputValue()).toBe('');

    await page.getByRole('button', { name: 'Older' }).click();
    await rows.nth(19).waitFor({ state: 'detached' });
    await page.getByRole('checkbox', { name: 'Select Key 1', exact: true }).check();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('20 total').waitFor();
    expect(await rows.count()).toBe(20);
  });

  test('searches and filters call keys, and deletes several after confirmation', async () => {
    const user = await newUser(stage.postern);
    for (let number = 1; number <= 23; number += 1)
      await createKey(user, { name: `Key ${number}`, ...(number === 7 ? { quota: '0' } : {}) });
    const page = await stage.open(user, '/keys');
    await page.getByText('23 total').waitFor();
    expect(await page.locator('tbody tr').count()).toBe(20);
    await page.getByRole('button', { name: 'Older' }).click();
    await page.getByText('Key 3').waitFor();
    expect(await page.locator('tbody tr').count()).toBe(3);

    await page.getByLabel('Search').fill('key 2');
    await page.getByText('5 total').waitFor();
    await page.getByLabel('Search').fill('');
    await page.getByLabel('Status').selectOption('EXHAUSTED');
    await page.getByText('1 total').waitFor();
    expect(await statusOf(page, 'Key 7')).toBe('Used up');
    await page.reload();
    await page.getByText('1 total').waitFor();
    await page.getByLabel('Search').fill('nothing of this name');
    await page.getByText('No results. Try changing your filters.').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByText('23 total').waitFor();
    expect(await page.getByLabel('Search').inputValue()).toBe('');

    await page.getByRole('checkbox', { name: 'Select Key 23' }).check();
    await page.getByRole('checkbox', { name: 'Select Key 22' }).check();
    await page.getByText('2 selected').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('heading', { name: 'Delete 2 keys?' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('23 total').waitFor();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('21 total').waitFor();
    expect(await page.getByText('Key 23').count()).toBe(0);
    await expectToFit(page);
  });

  test('deletes one call key from its row, and keeps the focus in the list', async () => {
    const user = await newUser(stage.postern);
    for (const name of ['Robot', 'Worker']) await createKey(user, { name });
    const page = await stage.open(user, '/keys');
    await page.getByRole('button', { name: 'Delete: Robot' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete this key?' });
    await dialog.getByText('Robot').waitFor();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('1 total').waitFor();
    expect(await page.getByRole('row').filter({ hasText: 'Robot' }).count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
  });

  test('says that a key is paused while nothing is left of its renewing quota', async () => {
    const [user, gateway] = [await newUser(stage.postern), await newGateway(stage.postern)];
    const wanted = { period: 'MONTH', periodQuota: 5, quota: 100 } as const;
    const key = await newCallKeyOf(user.client, { name: 'Robot', ...wanted });
    await report(gateway, [call(key, stage.postern.clock.read(), { quota: 4 })]);
    const page = await stage.open(user, '/keys');
    await page.getByText('4 of 5 this month').waitFor();
    expect(await statusOf(page, 'Robot')).toBe('Active');
    await report(gateway, [call(key, stage.postern.clock.read(), { quota: 1 })]);
    await page.reload();
    await page.getByText('5 of 5 this month').waitFor();
    expect(await statusOf(page, 'Robot')).toBe('Paused');
    expect(await page.locator('td.quota').innerText()).toMatch(/95 left in total\s+5 used in total/);
    await expectAccessible(page);
  });

  test('shows markup in the name of a call key as text (R-68, R-89)', async () => {
    const user = await newUser(stage.postern);
    const hostile = '<img src=x onerror=alert(1)> "\'&amp;';
    await createKey(user, { name: hostile });
    const page = await stage.open(user, '/keys');
    page.on('dialog', () => stage.faults.push('a script ran'));
    await page.getByText(hostile, { exact: true }).waitFor();
    await page.getByRole('button', { name: `Edit: ${hostile}` }).click();
    await page.getByRole('heading', { name: `Edit ${hostile}` }).waitFor();
    expect(await page.locator('img').count()).toBe(0);
  });

  test('keeps the input in the key dialog when the network fails', async () => {
    const page = await stage.open(await newUser(stage.postern), '/keys');
    await page.getByRole('button', { name: 'Create key' }).click();
    await page.getByLabel('Name').fill('Robot');
    await page.context().setOffline(true);
    await page.getByRole('dialog').getByRole('button', { name: 'Create key' }).click();
    await page.getByRole('dialog').getByRole('alert').filter({ hasText: 'Can’t reach the server.' }).waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('Robot');
    await page.context().setOffline(false);
    expect(stage.faults.splice(0)).not.toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Create key' }).click();
    await page.getByRole('heading', { name: 'Your new key' }).waitFor();
  });
});
