import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { newPerson, type Person } from '../support/people.js';
import { expectAccessible, expectToFit } from './looks.js';
import { setStage } from './stage.js';

const CREATE =
  'mutation ($input: CreateCallKeyInput!) { createCallKey(input: $input) { key callKey { id hint } userErrors { code } } }';

describe('the Keys view', () => {
  const stage = setStage();

  const createKey = async ({ client }: Person, input: Record<string, unknown>) =>
    (await client.send(CREATE, { input })).data['createCallKey'].key as string;
  const statusOf = (page: Page, name: string) =>
    page.getByRole('row').filter({ hasText: name }).locator('td.status').innerText();

  test('explains sk- keys where there is none, makes one, shows its secret once until it is said to be saved, and forgets it', async () => {
    const page = await stage.open(await newPerson(stage.postern), '/keys');
    await page.getByRole('heading', { name: 'No keys yet' }).waitFor();
    expect(await page.getByText('A call key starts with sk-').count()).toBe(1);
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Create key' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Robot');
    await dialog.getByLabel('Expires').selectOption('month');
    await dialog.getByLabel('Quota').fill('5000');
    await dialog.getByLabel('Models').fill('gpt-5\nclaude-5');
    await dialog.getByLabel('Allowed addresses').fill('not an address');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Create key' }).click();
    await dialog.getByText('This is neither an IP address nor a range').waitFor();
    expect(await dialog.getByLabel('Name').inputValue()).toBe('Robot');
    await dialog.getByLabel('Allowed addresses').fill('203.0.113.0/24');
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
    await page.getByLabel('I have saved it somewhere safe').check();
    await page.getByRole('button', { name: 'Done' }).click();

    await page.getByRole('row').filter({ hasText: 'Robot' }).waitFor();
    expect(await page.locator('tbody tr').innerText()).toMatch(
      /Active[\s\S]*5,000 left[\s\S]*0 used[\s\S]*2 models[\s\S]*203\.0\.113\.0\/24[\s\S]*Not yet[\s\S]*\w{3} \d{1,2}, \d{4}, \d{1,2}:\d{2}:\d{2}/,
    );
    expect(await page.content()).not.toContain(secret);
    expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain(
      'sk-',
    );
  });

  test('edits only what was changed, turns a key off and on in words, rotates it with a grace and ends the grace', async () => {
    const person = await newPerson(stage.postern);
    await createKey(person, { name: 'Worker', quota: '100', models: ['a', 'b'] });
    const page = await stage.open(person, '/keys');

    await page.getByRole('button', { name: 'Edit: Worker' }).click();
    await page.getByLabel('Name').fill('Night worker');
    await page.getByLabel('Quota left').fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('status').filter({ hasText: 'The key is saved.' }).waitFor();
    const row = page.getByRole('row').filter({ hasText: 'Night worker' });
    await row.getByText('No limit').waitFor();
    expect(await row.innerText()).toContain('2 models');

    await page.getByRole('button', { name: 'Turn off: Night worker' }).click();
    await page.getByRole('button', { name: 'Turn on: Night worker' }).waitFor();
    expect(await statusOf(page, 'Night worker')).toBe('Off');
    await page.getByRole('button', { name: 'Turn on: Night worker' }).click();
    await page.getByRole('button', { name: 'Turn off: Night worker' }).waitFor();
    expect(await statusOf(page, 'Night worker')).toBe('Active');

    await page.getByRole('button', { name: 'Rotate: Night worker' }).click();
    await page.getByLabel('Grace').selectOption('72');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Rotate key' }).click();
    await page.getByRole('heading', { name: 'Your new secret' }).waitFor();
    await page.getByLabel('I have saved it somewhere safe').check();
    await page.getByRole('button', { name: 'Done' }).click();
    await row.getByText('The old key still works').waitFor();
    await page.getByRole('button', { name: 'End it now: Night worker' }).click();
    await page.getByRole('button', { name: 'End the grace' }).click();
    await row.getByText('The old key still works').waitFor({ state: 'detached' });
  });

  test('shows the new secret of a key that was found by its former characters until it is saved, and lets nobody close the dialog or leave without a question', async () => {
    const person = await newPerson(stage.postern);
    const former = await createKey(person, { name: 'Worker' });
    await createKey(person, { name: 'Other' });
    const page = await stage.open(person, '/keys');
    await page.getByLabel('Search').fill(former.slice(0, 8));
    await page.getByText('1 in all').waitFor();
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
    await page.getByRole('heading', { name: 'Your new secret' }).waitFor();
    await page.getByText('Nothing matches these filters.').waitFor();
    const secret = await dialog.locator('code').innerText();
    expect(secret).toMatch(/^sk-/);
    const [leaving] = await Promise.all([page.waitForEvent('dialog'), page.close({ runBeforeUnload: true })]);
    expect(leaving.type()).toBe('beforeunload');
    await leaving.dismiss();
    expect(await dialog.locator('code').innerText()).toBe(secret);
    await page.getByLabel('I have saved it somewhere safe').check();
    await page.getByRole('button', { name: 'Done' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain(secret);
  });

  test('begins with the first page where others are listed and where a later page is empty, and empties the search where the address has none', async () => {
    const person = await newPerson(stage.postern);
    for (let number = 1; number <= 21; number += 1) await createKey(person, { name: `Key ${number}` });
    const page = await stage.open(person, '/keys');
    const rows = page.locator('tbody tr');
    await page.getByRole('button', { name: 'Older' }).click();
    await rows.nth(19).waitFor({ state: 'detached' });
    await page.getByLabel('Search').fill('Key 2');
    await page.getByText('3 in all').waitFor();
    await page.getByRole('link', { name: 'Keys', exact: true }).click();
    await page.getByText('21 in all').waitFor();
    expect(await rows.count()).toBe(20);
    expect(await page.getByLabel('Search').inputValue()).toBe('');

    await page.getByRole('button', { name: 'Older' }).click();
    await rows.nth(19).waitFor({ state: 'detached' });
    await page.getByRole('checkbox', { name: 'Choose Key 1', exact: true }).check();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('20 in all').waitFor();
    expect(await rows.count()).toBe(20);
  });

  test('searches, filters by status, turns pages, keeps the filter in the address, and deletes several at once after asking', async () => {
    const person = await newPerson(stage.postern);
    for (let number = 1; number <= 23; number += 1)
      await createKey(person, { name: `Key ${number}`, ...(number === 7 ? { quota: '0' } : {}) });
    const page = await stage.open(person, '/keys');
    await page.getByText('23 in all').waitFor();
    expect(await page.locator('tbody tr').count()).toBe(20);
    await page.getByRole('button', { name: 'Older' }).click();
    await page.getByText('Key 3').waitFor();
    expect(await page.locator('tbody tr').count()).toBe(3);

    await page.getByLabel('Search').fill('key 2');
    await page.getByText('5 in all').waitFor();
    await page.getByLabel('Search').fill('');
    await page.getByLabel('Status').selectOption('EXHAUSTED');
    await page.getByText('1 in all').waitFor();
    expect(await statusOf(page, 'Key 7')).toBe('Used up');
    await page.reload();
    await page.getByText('1 in all').waitFor();
    await page.getByLabel('Search').fill('nothing of this name');
    await page.getByText('Nothing matches these filters.').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByText('23 in all').waitFor();
    expect(await page.getByLabel('Search').inputValue()).toBe('');

    await page.getByRole('checkbox', { name: 'Choose Key 23' }).check();
    await page.getByRole('checkbox', { name: 'Choose Key 22' }).check();
    await page.getByText('2 chosen').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('heading', { name: 'Delete 2 keys?' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('23 in all').waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('21 in all').waitFor();
    expect(await page.getByText('Key 23').count()).toBe(0);
    await expectToFit(page);
  });

  test('shows names of keys that are markup as text (R-68, R-89)', async () => {
    const person = await newPerson(stage.postern);
    const hostile = '<img src=x onerror=alert(1)> "\'&amp;';
    await createKey(person, { name: hostile });
    const page = await stage.open(person, '/keys');
    page.on('dialog', () => stage.faults.push('a script ran'));
    await page.getByText(hostile, { exact: true }).waitFor();
    await page.getByRole('button', { name: `Edit: ${hostile}` }).click();
    await page.getByRole('heading', { name: `Edit ${hostile}` }).waitFor();
    expect(await page.locator('img').count()).toBe(0);
  });

  test('says that the network is away and loses nothing that was typed', async () => {
    const page = await stage.open(await newPerson(stage.postern), '/keys');
    await page.getByRole('button', { name: 'Create key' }).click();
    await page.getByLabel('Name').fill('Robot');
    await page.context().setOffline(true);
    await page.getByRole('dialog').getByRole('button', { name: 'Create key' }).click();
    await page.getByRole('dialog').getByRole('alert').filter({ hasText: 'Postern cannot be reached.' }).waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('Robot');
    await page.context().setOffline(false);
    expect(stage.faults.splice(0)).not.toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Create key' }).click();
    await page.getByRole('heading', { name: 'Your new key' }).waitFor();
  });
});
