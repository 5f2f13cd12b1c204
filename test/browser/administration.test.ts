import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { fromGlobalId } from '../../src/rules/global-id.js';
import { newUserOfRole } from '../features/administration/administrators.js';
import { query } from '../support/database.js';
import { loginAs } from '../features/sign-in/login-as.js';
import type { Client } from '../support/client.js';
import { newUser } from '../support/users.js';
import { newAccessToken } from '../support/access-tokens.js';
import { newTwoFactorUser } from '../support/two-factor.js';
import { newCallKey } from '../features/usage/gateway.js';
import { expectAccessible, expectToFit } from './page-checks.js';
import { setStage } from './stage.js';

describe('the Administration view', () => {
  const stage = setStage();

  const runAction = async (page: Page, name: string, reason: string) => {
    await page.getByRole('button', { name, exact: true }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill(reason);
    await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
  };

  test('shows “Page not found” to users who aren’t administrators', async () => {
    const page = await stage.open(await newUser(stage.postern), '/administration');
    await page.getByRole('heading', { name: 'Page not found' }).waitFor();
    expect(await page.getByRole('link', { name: 'Administration' }).count()).toBe(0);
  });

  test('finds a user by name, and shows the reason for each action in the events', async () => {
    const [root, user] = [await newUserOfRole(stage.postern, 'ROOT'), await newUser(stage.postern)];
    await newCallKey(stage.postern, user, { name: 'Robot' });
    await newAccessToken(user.client, { name: 'Nightly report' });
    const page = await stage.open(root, '/administration');
    await page.getByRole('link', { name: user.username, exact: true }).waitFor();
    await expectAccessible(page);
    await page.getByLabel('Search').fill(user.username);
    await page.getByText('1 total').waitFor();
    await page.getByRole('link', { name: user.username, exact: true }).click();
    await page.getByRole('heading', { name: user.username, level: 1 }).waitFor();
    await page.locator('#events li').first().waitFor();
    await page.locator('#access-tokens').getByText('Nightly report').waitFor();
    await expectAccessible(page);
    await expectToFit(page);

    await runAction(page, 'Disable', '<i>Spam</i> from this account');
    const status = page.locator('#account header');
    await status.getByText('Disabled').waitFor();
    await page.getByText('Reason: <i>Spam</i> from this account').waitFor();
    await runAction(page, 'Enable', 'It was stolen, and is theirs again');
    await status.getByText('Active').waitFor();
    await runAction(page, 'Delete', 'They asked for it');
    await status.getByText('Deleted').waitFor();
    await runAction(page, 'Restore', 'They changed their mind');
    await status.getByText('Active').waitFor();
    await page.goto(`${stage.url}/administration/events`);
    await page.getByText('Reason: They changed their mind').waitFor();
    await expectAccessible(page);
  });

  test('shows which second factors the accounts of each role have, and lists those without one', async () => {
    const root = await newUserOfRole(stage.postern, 'ROOT');
    const [withApp, without] = [await newTwoFactorUser(stage.postern), await newUser(stage.postern)];
    const page = await stage.open(root, '/administration');
    const table = page.getByRole('table', { name: 'Second factors of active accounts' });
    const countsOf = async (role: string) => {
      const cells = table.getByRole('row', { name: role }).getByRole('cell');
      await cells.first().filter({ hasText: /\d/ }).waitFor();
      return (await cells.allInnerTexts()).map(Number);
    };
    const [users, apps, passkeys, none] = await countsOf('User');
    expect(apps).toBeGreaterThan(0);
    expect([passkeys, none]).toEqual([0, users! - apps!]);
    expect((await countsOf('Root')).slice(1, 3)).toEqual([0, 0]);
    const list = page.getByRole('region', { name: 'Users' });
    await table.getByRole('link', { name: `User, Neither: ${none}`, exact: true }).click();
    await page.getByText(`${none} total`, { exact: true }).waitFor();
    await list.getByRole('link', { name: without.username, exact: true }).waitFor();
    expect(await list.getByRole('link', { name: withApp.username, exact: true }).count()).toBe(0);
    // A number without accounts, or without a filter that lists them, leads nowhere.
    await table.getByRole('link', { name: `User, Accounts: ${users}`, exact: true }).click();
    await page.getByText(`${users} total`, { exact: true }).waitFor();
    expect(await table.getByRole('link').count()).toBeLessThanOrEqual(6);
    expect(await table.getByRole('link', { name: /App|Passkey|: 0$/ }).count()).toBe(0);
  });

  test('shows up to 100 of a user’s call keys, and how many there are', async () => {
    const [root, user] = [await newUserOfRole(stage.postern, 'ROOT'), await newTwoFactorUser(stage.postern)];
    for (let number = 1; number <= 21; number += 1) await newCallKey(stage.postern, user);
    const accountId = fromGlobalId('User', user.id);
    await query(
      stage.postern.database,
      'delete from backup_codes where account_id = ? and id not in (select id from backup_codes where account_id = ? order by id limit 1)',
      [accountId, accountId],
    );
    const page = await stage.open(root, `/administration/users/${user.id}`);
    await page.locator('#keys').getByText('21 total').waitFor();
    expect(await page.locator('#keys tbody tr').count()).toBe(21);
    await page.locator('#account').getByText('On, 1 backup code left', { exact: true }).waitFor();
  });

  test('asks for step-up before an action, then completes it and shows the link once', async () => {
    const [root, user] = [await newUserOfRole(stage.postern, 'ROOT'), await newUser(stage.postern)];
    const page = await stage.open(root, `/administration/users/${user.id}`);
    stage.postern.clock.advance({ minutes: 11 });
    await runAction(page, 'Send password reset', 'Locked out');
    await page.getByRole('heading', { name: 'Confirm it’s you' }).waitFor();
    await page.getByLabel('Password', { exact: true }).fill(root.password);
    await page.getByRole('button', { name: 'Confirm', exact: true }).click();
    await page.getByRole('heading', { name: 'Share this link' }).waitFor();
    await expectAccessible(page);
    await expectToFit(page);
    const link = await page.getByRole('dialog').locator('code').innerText();
    expect(link).toContain('/reset-password#psr_');
    await page.getByLabel('I’ve saved it in a safe place').check();
    await page.getByRole('button', { name: 'Done' }).click();
    expect(await page.content()).not.toContain(link);
  });

  test('creates a service account, shows its token once, and keeps the input if the name is taken', async () => {
    const [root, user] = [await newUserOfRole(stage.postern, 'ROOT'), await newUser(stage.postern)];
    const page = await stage.open(root, '/administration');
    await page.getByRole('button', { name: 'Create account' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Username').fill(user.username);
    await dialog.getByLabel('Role').selectOption('SERVICE');
    await dialog.getByLabel('Reason').fill('The gateway');
    await dialog.getByRole('button', { name: 'Create account' }).click();
    await dialog.getByText('This username is already in use.').waitFor();
    await expectAccessible(page);
    await expectToFit(page);
    await dialog.getByLabel('Username').fill('our-gateway');
    expect(await dialog.getByLabel('Reason').inputValue()).toBe('The gateway');
    await dialog.getByLabel('Call keys and usage').uncheck();
    await dialog.getByRole('button', { name: 'Create account' }).click();
    await dialog.getByText('Choose at least one service scope, each only once.').waitFor();
    await dialog.getByLabel('Verify users').check();
    await dialog.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('heading', { name: 'Service account token' }).waitFor();
    expect(await page.getByRole('dialog').locator('code').innerText()).toMatch(/^pat_/);
    await page.getByLabel('I’ve saved it in a safe place').check();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('link', { name: 'our-gateway' }).click();
    await page.getByText('Verify users').waitFor();
    expect(await page.getByText('Call keys and usage').count()).toBe(0);
  });

  test('signs a user out on one device, and keeps the other signed in', async () => {
    const [admin, user] = [await newUserOfRole(stage.postern, 'ADMIN'), await newUser(stage.postern)];
    const phone = stage.postern.client();
    phone.headers['user-agent'] = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
    await loginAs(phone, { login: user.username, password: user.password });
    const page = await stage.open(admin, `/administration/users/${user.id}`);
    await page.getByRole('button', { name: 'Sign out Firefox on Linux' }).click();
    const dialog = page.getByRole('dialog', { name: 'Sign out this device?' });
    await dialog.getByLabel('Reason').fill('Lost phone');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Sign out' }).click();
    await page.locator('#sessions').getByText('Firefox on Linux').waitFor({ state: 'detached' });
    const signedIn = async (client: Client) => (await client.send('{ me { id } }')).data['me'] !== null;
    expect([await signedIn(phone), await signedIn(user.client)]).toEqual([false, true]);
  });

  test('offers administrators no actions on a ROOT or on their own account', async () => {
    const [admin, root] = [await newUserOfRole(stage.postern, 'ADMIN'), await newUserOfRole(stage.postern, 'ROOT')];
    const page = await stage.open(admin, `/administration/users/${root.id}`);
    await page.getByText('You can view this account but not change it.').waitFor();
    expect(await page.getByRole('button', { name: 'Disable' }).count()).toBe(0);
    await page.goto(`${stage.url}/administration/users/${admin.id}`);
    await page.getByText('Manage your own account on your Profile.').waitFor();
  });

  test('offers the actions that the server allows for the role and status of an account', async () => {
    const [root, peer] = [await newUserOfRole(stage.postern, 'ROOT'), await newUserOfRole(stage.postern, 'ROOT')];
    const [admin, user] = [await newUserOfRole(stage.postern, 'ADMIN'), await newUser(stage.postern)];
    const actionsOn = async (page: Page, { id }: { id: string }) => {
      await page.goto(`${stage.url}/administration/users/${id}`);
      const actions = page.getByRole('group', { name: 'Actions' });
      await actions.waitFor();
      return actions.getByRole('button').allInnerTexts();
    };
    const page = await stage.open(root, '/administration');
    expect(await actionsOn(page, peer)).toEqual(['Send password reset', 'Change role', 'Disable']);
    await actionsOn(page, admin);
    await page.getByRole('button', { name: 'Change role' }).click();
    expect(await page.getByLabel('New role').locator('option').allInnerTexts()).toEqual(['User']);
    const page2 = await stage.open(admin, '/administration');
    expect(await actionsOn(page2, user)).toEqual(['Send password reset', 'Sign out everywhere', 'Disable', 'Delete']);
  });
});

describe('when administrators need two-factor authentication', () => {
  const stage = setStage({ TWO_FACTOR_REQUIRED_FOR: 'ADMIN,ROOT' });

  test('explains to administrators that 2FA is required, and links to Profile', async () => {
    const page = await stage.open(await newUserOfRole(stage.postern, 'ADMIN'), '/administration');
    const alert = page
      .getByRole('alert')
      .filter({ hasText: 'Turn on two-factor authentication to use Administration.' });
    expect(await alert.getByRole('link', { name: 'Go to Profile' }).getAttribute('href')).toBe('/profile#two-factor');
  });
});
