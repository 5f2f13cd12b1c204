import { expect, test } from '@jest/globals';
import { days, minutes } from '../../src/duration.js';
import type { Locator, Page } from 'playwright-core';
import { newUserOfRole } from '../features/administration/administrators.js';
import { query } from '../support/database.js';
import { newAccessToken, ownerOf, programWith } from '../support/access-tokens.js';
import { goodPassword, newUser, signIn, type TestUser } from '../support/users.js';
import { button, field, fillIn, waitForProfile } from './page-actions.js';
import { expectAccessible, expectToFit, latinWords } from './page-checks.js';
import { setStage } from './stage.js';

const stage = setStage({ ACCESS_TOKEN_MAX_DAYS: '120' });

const section = (page: Page) => page.locator('#access-tokens');
const row = (page: Page, name: string) => section(page).getByRole('listitem').filter({ hasText: name });
const dialogOf = (page: Page) => page.getByRole('dialog');
const stepUp = (page: Page) => page.getByRole('dialog', { name: 'Confirm it’s you' });
const inMs = (ms: number) => new Date(stage.postern.clock.read().getTime() + ms).toISOString();

async function open(user: TestUser, options = {}): Promise<Page> {
  const page = await stage.open(user, '/profile', options);
  await page.locator('#events li').first().waitFor();
  return page;
}

/** Opens the dialog that creates a token. */
async function openCreation(page: Page): Promise<Locator> {
  await button(section(page), 'Create access token').click();
  return dialogOf(page);
}

/** The new token, after the dialog that shows it once was closed. */
async function saveToken(page: Page): Promise<string> {
  await page.getByRole('heading', { name: 'Your new access token' }).waitFor();
  const token = await dialogOf(page).locator('.secret code').first().innerText();
  await page.getByLabel('I’ve saved it in a safe place').check();
  await button(page, 'Done').click();
  await dialogOf(page).waitFor({ state: 'detached' });
  return token;
}

test('creates an access token, shows it once with a command, and lists its use', async () => {
  const user = await newUser(stage.postern);
  const page = await open(user);
  await section(page).getByText('No access tokens yet.').waitFor();
  const dialog = await openCreation(page);
  await fillIn(dialog, { Name: 'Backup', 'Allowed IP addresses': '127.0.0.1\n203.0.113.7/24' });
  await dialog.getByLabel('Expires').selectOption('In 90 days');
  await dialog.getByLabel('Read account').check();
  await dialog.getByLabel('Read call keys').check();
  await expectAccessible(page);
  await button(dialog, 'Create access token').click();

  await page.getByRole('heading', { name: 'Your new access token' }).waitFor();
  const [token, command] = await dialog.locator('.secret code').allInnerTexts();
  expect(token).toMatch(/^pac_/);
  expect(command).toContain(`curl -s ${stage.url}/graphql`);
  expect(command).toContain(`Bearer ${token}`);
  await button(dialog.getByRole('group', { name: 'Try it in a terminal' }), 'Copy').click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(command);
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('Escape');
  expect(await button(page, 'Done').isDisabled()).toBe(true);
  const [leaving] = await Promise.all([page.waitForEvent('dialog'), page.close({ runBeforeUnload: true })]);
  expect(leaving.type()).toBe('beforeunload');
  await leaving.dismiss();
  await expectAccessible(page);
  expect(await saveToken(page)).toBe(token);
  expect(await page.content()).not.toContain(token);
  expect(await row(page, 'Backup').innerText()).toMatch(
    /Backup …\w{4}[\s\S]+Read account, Read call keys[\s\S]+Only from 127\.0\.0\.1, 203\.0\.113\.0\/24[\s\S]+Never used · expires on \w+ \d/,
  );

  expect(await programIn(page, token!)).toEqual({ data: { accessToken: { name: 'Backup' } } });
  await page.reload();
  await row(page, 'Backup').getByText('Last used just now from 127.0.0.1').waitFor();
  await page.locator('#events').getByText('Access token created').waitFor();
});

/** What the command's request answers, sent without cookies. */
const programIn = (page: Page, token: string) =>
  page.evaluate(
    async (bearer) =>
      (
        await fetch('/graphql', {
          method: 'POST',
          credentials: 'omit',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
          body: '{"query":"{ accessToken { name } }"}',
        })
      ).json() as Promise<unknown>,
    token,
  );

test('explains missing scopes, invalid addresses and a date that is too late at their fields', async () => {
  const page = await open(await newUser(stage.postern));
  const dialog = await openCreation(page);
  await field(dialog, 'Name').fill('Backup');
  await button(dialog, 'Create access token').click();
  await dialog.getByRole('group', { name: 'What it can do' }).getByText('Choose at least one scope').waitFor();
  await expect(page.evaluate(() => document.activeElement?.closest('label')?.textContent)).resolves.toBe(
    'Read account',
  );
  await expectAccessible(page);
  await dialog.getByLabel('Read account').check();
  await field(dialog, 'Allowed IP addresses').fill('not an address');
  await dialog.getByLabel('Expires').selectOption('custom');
  await dialog.getByText('Within the next 120 days').waitFor();
  await dialog.getByLabel('Expires at').fill(inMs(days(130)).slice(0, 16));
  await button(dialog, 'Create access token').click();
  await dialog.getByText('Enter an IP address or range').waitFor();
  await field(dialog, 'Allowed IP addresses').fill('');
  await button(dialog, 'Create access token').click();
  await dialog.getByText('Choose a date within the next 120 days.').waitFor();
  await expectToFit(page);
  expect(await dialog.getByLabel('Read account').isChecked()).toBe(true);
  expect(await field(dialog, 'Name').inputValue()).toBe('Backup');
  await dialog.getByLabel('Expires', { exact: true }).selectOption('In 120 days (maximum)');
  await button(dialog, 'Create access token').click();
  await saveToken(page);
  await row(page, 'Backup').waitFor();
});

test('explains that the account has as many access tokens as it may have', async () => {
  const user = await newUser(stage.postern);
  for (let number = 1; number <= 50; number += 1) await newAccessToken(user.client, { name: `Token ${number}` });
  const page = await open(user);
  const dialog = await openCreation(page);
  await field(dialog, 'Name').fill('Backup');
  await dialog.getByLabel('Read account').check();
  await button(dialog, 'Create access token').click();
  await dialog.getByText('You’ve reached the limit of 50 access tokens.').waitFor();
});

test('offers scopes for all accounts to administrators only', async () => {
  const scopesOf = async (user: TestUser) => {
    const dialog = await openCreation(await open(user));
    return (await dialog.locator('.scope label').allInnerTexts()).map((name) => name.trim());
  };
  const own = ['Read account', 'Read security events', 'Read call keys', 'Manage call keys', 'Read usage'];
  const all = ['Read all users', 'Read all security events', 'Read all usage'];
  expect(await scopesOf(await newUser(stage.postern))).toEqual(own);
  for (const role of ['ADMIN', 'ROOT'] as const)
    expect(await scopesOf(await newUserOfRole(stage.postern, role))).toEqual([...own, ...all]);
});

test('asks to confirm the identity before it creates a token, and keeps the form', async () => {
  const page = await open(await newUser(stage.postern));
  stage.postern.clock.advance({ minutes: 11 });
  const dialog = await openCreation(page);
  await field(dialog, 'Name').fill('Backup');
  await dialog.getByLabel('Read usage').check();
  await button(dialog, 'Create access token').click();
  await field(stepUp(page), 'Password').fill(goodPassword);
  await button(stepUp(page), 'Confirm').click();
  expect(await ownerOf(stage.postern, await saveToken(page))).not.toBeNull();
});

test('renames an access token and changes its addresses', async () => {
  const user = await newUser(stage.postern);
  const { token } = await newAccessToken(user.client, { name: 'Backup' });
  const page = await open(user);
  await button(page, 'Edit: Backup').click();
  await fillIn(dialogOf(page), { Name: 'Nightly backup', 'Allowed IP addresses': '203.0.113.0/24' });
  await expectAccessible(page);
  await button(page, 'Save').last().click();
  await page.getByText('Changes saved.').waitFor();
  await row(page, 'Nightly backup').getByText('Only from 203.0.113.0/24').waitFor();
  expect(await ownerOf(stage.postern, token)).toBeNull();
});

test('rotates an access token, and lists until when the old one works', async () => {
  const user = await newUser(stage.postern);
  const { token: old } = await newAccessToken(user.client, { name: 'Backup' });
  const page = await open(user);
  await button(page, 'Rotate: Backup').click();
  await page.getByLabel('Keep the old token working for').selectOption('1 hour');
  await expectAccessible(page);
  await button(page, 'Rotate token').click();
  const token = await saveToken(page);
  await row(page, 'Backup').getByText('The old token works until').waitFor();
  expect(await Promise.all([token, old].map((each) => ownerOf(stage.postern, each)))).toEqual([
    user.username,
    user.username,
  ]);
  stage.postern.clock.advance({ minutes: 61 });
  expect(await ownerOf(stage.postern, old)).toBeNull();
});

test('revokes one access token, and several together, after confirmation', async () => {
  const user = await newUser(stage.postern);
  const tokens: Record<string, string> = {};
  for (const name of ['Backup', 'Import', 'Report', 'Robot'])
    tokens[name] = (await newAccessToken(user.client, { name })).token;
  const page = await open(user);
  await button(page, 'Revoke: Robot').click();
  await dialogOf(page).getByText('Programs using it stop working immediately.').waitFor();
  await button(dialogOf(page), 'Revoke').click();
  await page.getByText('Access token revoked.').waitFor();
  await row(page, 'Robot').waitFor({ state: 'detached' });

  for (const name of ['Backup', 'Import']) await section(page).getByLabel(`Select ${name}`).check();
  await section(page).getByText('2 selected').waitFor();
  await button(section(page), 'Revoke').click();
  await page.getByRole('heading', { name: 'Revoke 2 access tokens?' }).waitFor();
  expect(await dialogOf(page).getByRole('listitem').count()).toBe(2);
  await expectAccessible(page);
  await button(dialogOf(page), 'Cancel').click();
  await button(section(page), 'Revoke').click();
  await button(dialogOf(page), 'Revoke').click();
  await page.getByText('2 access tokens revoked.').waitFor();
  await row(page, 'Import').waitFor({ state: 'detached' });
  expect(await section(page).getByRole('checkbox').count()).toBe(0);
  const owners = await Promise.all(Object.values(tokens).map((token) => ownerOf(stage.postern, token)));
  expect(owners).toEqual([null, null, user.username, null]);
});

test('marks an expired access token, which can only be removed', async () => {
  const user = await newUser(stage.postern);
  await newAccessToken(user.client, { name: 'Backup', expiresAt: inMs(minutes(5)) });
  stage.postern.clock.advance({ minutes: 6 });
  const page = await open(user);
  await row(page, 'Backup').getByText('Expired', { exact: true }).waitFor();
  expect(await row(page, 'Backup').getByRole('button').allInnerTexts()).toEqual(['Revoke']);
  await expectAccessible(page);
  await button(page, 'Revoke: Backup').click();
  await dialogOf(page).getByText('Already expired').waitFor();
  await button(dialogOf(page), 'Revoke').click();
  await section(page).getByText('No access tokens yet.').waitFor();
});

test('links a finding about an access token to the button that resolves it', async () => {
  const user = await newUser(stage.postern);
  const { token } = await newAccessToken(user.client, { name: 'Import', expiresAt: inMs(days(5)) });
  await programWith(stage.postern, token).send('{ accessToken { id } }');
  await newAccessToken(user.client, { name: 'Backup' });
  const longAgo = inMs(-days(91));
  await query(stage.postern.database, "update access_tokens set created_at = ? where name = 'Backup'", [longAgo]);
  const page = await open(user);
  const findings = page.getByRole('region', { name: 'Security checkup' });
  for (const [fix, name] of [
    ['Rotate token', 'Rotate: Import'],
    ['Review token', 'Revoke: Backup'],
  ] as const) {
    await button(findings, fix).click();
    await page.waitForFunction((label) => document.activeElement?.getAttribute('aria-label') === label, name);
  }
});

test('names the access token that did something, also to administrators', async () => {
  const user = await newUser(stage.postern);
  const { token } = await newAccessToken(user.client, { name: 'Robot', scopes: ['KEYS_WRITE'] });
  await programWith(stage.postern, token).send('mutation { createCallKey(input: { name: "x" }) { key } }');
  const page = await open(user);
  await page.locator('#events').getByText('by access token “Robot”').waitFor();
  const root = await newUserOfRole(stage.postern, 'ROOT');
  const theirs = await stage.open(root, `/administration/users/${user.id}`);
  await theirs.locator('#events').getByText('by access token “Robot”').waitFor();
  await theirs.goto(`${stage.url}/administration/events?user=${encodeURIComponent(user.id)}`);
  await theirs.getByRole('table').getByText('by access token “Robot”').waitFor();
  await expectToFit(theirs);
});

test.each([false, true])(
  'revokes tokens with the sessions of a user if the administrator chose so: %s',
  async (also) => {
    const [root, user] = [await newUserOfRole(stage.postern, 'ROOT'), await newUser(stage.postern)];
    const { token } = await newAccessToken(user.client);
    const page = await stage.open(root, `/administration/users/${user.id}`);
    await button(page, 'Sign out everywhere').click();
    const checkbox = dialogOf(page).getByLabel('Also revoke the API token and access tokens');
    expect(await checkbox.isChecked()).toBe(false);
    if (also) await checkbox.check();
    await dialogOf(page).getByLabel('Reason').fill('Stolen laptop');
    await expectAccessible(page);
    await button(dialogOf(page), 'Sign out everywhere').click();
    await page.getByText('Signed out everywhere.').waitFor();
    expect(await ownerOf(stage.postern, token)).toBe(also ? null : user.username);
  },
);

test('creates an access token with the keyboard alone', async () => {
  const page = await open(await newUser(stage.postern));
  await button(section(page), 'Create access token').press('Enter');
  await page.keyboard.type('Backup');
  const keyTo = async (name: string) => {
    for (let press = 0; press < 20; press += 1) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => {
        const active = document.activeElement;
        return active?.closest('label')?.textContent ?? active?.textContent;
      });
      if (focused === name) return;
    }
    throw new Error(`Tab does not reach ${name}`);
  };
  await keyTo('Read usage');
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Your new access token' }).waitFor();
  await keyTo(' I’ve saved it in a safe place');
  await page.keyboard.press('Space');
  await keyTo('Done');
  await page.keyboard.press('Enter');
  await row(page, 'Backup').getByText('Read usage').waitFor();
  await page.waitForFunction(() => document.activeElement?.textContent === 'Create access token');
});

test('fits a phone and speaks Chinese', async () => {
  const user = await newUserOfRole(stage.postern, 'ROOT');
  await user.client.send('mutation { setLocale(input: { locale: ZH }) { userErrors { code } } }');
  const allowedIps = Array.from({ length: 20 }, (_, index) => `2001:db8:${index + 1}::/48`);
  await newAccessToken(user.client, { name: '1'.repeat(64), allowedIps, scopes: ['ALL_USAGE_READ', 'USERS_READ'] });
  await newAccessToken(user.client, { name: '2', expiresAt: inMs(minutes(5)) });
  stage.postern.clock.advance({ minutes: 6 });
  const page = await open(user, { locale: 'zh-CN', viewport: { width: 375, height: 740 } });
  await row(page, '已过期').waitFor();
  await expectToFit(page);
  await expectAccessible(page);
  await button(section(page), '创建访问令牌').click();
  await expectToFit(page);
  await field(dialogOf(page), '名称').fill('3');
  await button(dialogOf(page), '创建访问令牌').click();
  await dialogOf(page).getByText('请至少选择一项权限').waitFor();
  expect(latinWords(await dialogOf(page).innerText())).toEqual([]);
  await dialogOf(page).getByLabel('查看用量').check();
  await button(dialogOf(page), '创建访问令牌').click();
  await dialogOf(page).getByText('在终端中试用').waitFor();
  await expectToFit(page);
  await expectAccessible(page);
  await page.getByLabel('我已妥善保存').check();
  await button(page, '完成').click();
  await row(page, '查看用量').first().waitFor();
  const words = latinWords((await section(page).innerText()).replaceAll(/…\w{4}|2001:[\da-f:/]+/g, ''));
  expect(words).toEqual([]);
});

test('links to the section from the table of contents', async () => {
  const user = await newUser(stage.postern);
  await signIn(stage.postern, user);
  const page = await stage.open(user, '/profile');
  await waitForProfile(page);
  await page.getByRole('navigation').getByRole('link', { name: 'Access tokens' }).click();
  expect(new URL(page.url()).hash).toBe('#access-tokens');
});
