import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { fromGlobalId } from '../../src/graphql-kit/relay/global-id.js';
import { newPersonOfRole } from '../features/administration/administrators.js';
import { query } from '../support/database.js';
import { newPerson } from '../support/people.js';
import { newTwoFactorPerson } from '../support/two-factor.js';
import { newCallKey } from '../features/usage/gateway.js';
import { expectAccessible, expectToFit } from './looks.js';
import { setStage } from './stage.js';

describe('the Administration view', () => {
  const stage = setStage();

  const act = async (page: Page, name: string, reason: string) => {
    await page.getByRole('button', { name, exact: true }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill(reason);
    await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
  };

  test('is not there for who is no administrator', async () => {
    const page = await stage.open(await newPerson(stage.postern), '/administration');
    await page.getByRole('heading', { name: 'There is nothing at this address.' }).waitFor();
    expect(await page.getByRole('link', { name: 'Administration' }).count()).toBe(0);
  });

  test('finds people by a part of the name, looks at one, and disables, enables, deletes and restores with a reason that stands in the events', async () => {
    const [root, person] = [await newPersonOfRole(stage.postern, 'ROOT'), await newPerson(stage.postern)];
    await newCallKey(stage.postern, person, { name: 'Robot' });
    const page = await stage.open(root, '/administration');
    await page.getByRole('link', { name: person.username, exact: true }).waitFor();
    await expectAccessible(page);
    await page.getByLabel('Search').fill(person.username);
    await page.getByText('1 in all').waitFor();
    await page.getByRole('link', { name: person.username, exact: true }).click();
    await page.getByRole('heading', { name: person.username, level: 1 }).waitFor();
    await page.locator('#events li').first().waitFor();
    await expectAccessible(page);
    await expectToFit(page);

    await act(page, 'Disable', '<i>Spam</i> from this account');
    const state = page.locator('#account header');
    await state.getByText('Disabled').waitFor();
    await page.getByText('Reason: <i>Spam</i> from this account').waitFor();
    await act(page, 'Enable', 'It was stolen, and is theirs again');
    await state.getByText('Active').waitFor();
    await act(page, 'Delete', 'They asked for it');
    await state.getByText('Deleted').waitFor();
    await act(page, 'Restore', 'They changed their mind');
    await state.getByText('Active').waitFor();
    await page.goto(`${stage.url}/administration/events`);
    await page.getByText('Reason: They changed their mind').waitFor();
    await expectAccessible(page);
  });

  test('shows a hundred keys of a person with how many there are, and the one backup code that is left', async () => {
    const [root, person] = [await newPersonOfRole(stage.postern, 'ROOT'), await newTwoFactorPerson(stage.postern)];
    for (let number = 1; number <= 21; number += 1) await newCallKey(stage.postern, person);
    const account = fromGlobalId('User', person.id);
    await query(
      stage.postern.database,
      'delete from backup_codes where account_id = ? and id not in (select id from backup_codes where account_id = ? order by id limit 1)',
      [account, account],
    );
    const page = await stage.open(root, `/administration/people/${person.id}`);
    await page.locator('#keys').getByText('21 in all').waitFor();
    expect(await page.locator('#keys tbody tr').count()).toBe(21);
    await page.locator('#account').getByText('On, 1 backup code left', { exact: true }).waitFor();
  });

  test('asks who is at the session when that was long ago, goes on by itself, and shows the link to hand over once', async () => {
    const [root, person] = [await newPersonOfRole(stage.postern, 'ROOT'), await newPerson(stage.postern)];
    const page = await stage.open(root, `/administration/people/${person.id}`);
    stage.postern.clock.advance({ minutes: 11 });
    await act(page, 'Send password reset', 'Locked out');
    await page.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();
    await page.getByLabel('Password', { exact: true }).fill(root.password);
    await page.getByRole('button', { name: 'Confirm', exact: true }).click();
    await page.getByRole('heading', { name: 'Hand over this link' }).waitFor();
    await expectAccessible(page);
    await expectToFit(page);
    const link = await page.getByRole('dialog').locator('code').innerText();
    expect(link).toContain('/reset-password#psr_');
    await page.getByLabel('I have saved it somewhere safe').check();
    await page.getByRole('button', { name: 'Done' }).click();
    expect(await page.content()).not.toContain(link);
  });

  test('makes a service account, whose token is shown once, and keeps what was typed where a name is taken', async () => {
    const [root, person] = [await newPersonOfRole(stage.postern, 'ROOT'), await newPerson(stage.postern)];
    const page = await stage.open(root, '/administration');
    await page.getByRole('button', { name: 'Create account' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Username').fill(person.username);
    await dialog.getByLabel('Role').selectOption('SERVICE');
    await dialog.getByLabel('Reason').fill('The gateway');
    await dialog.getByRole('button', { name: 'Create account' }).click();
    await dialog.getByText('This username is taken.').waitFor();
    await expectAccessible(page);
    await expectToFit(page);
    await dialog.getByLabel('Username').fill('our-gateway');
    expect(await dialog.getByLabel('Reason').inputValue()).toBe('The gateway');
    await dialog.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('heading', { name: 'The service account’s token' }).waitFor();
    expect(await page.getByRole('dialog').locator('code').innerText()).toMatch(/^pat_/);
    await page.getByLabel('I have saved it somewhere safe').check();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('link', { name: 'our-gateway' }).waitFor();
  });

  test('lets an administrator look at a ROOT and at themselves, and act on neither', async () => {
    const [admin, root] = [await newPersonOfRole(stage.postern, 'ADMIN'), await newPersonOfRole(stage.postern, 'ROOT')];
    const page = await stage.open(admin, `/administration/people/${root.id}`);
    await page.getByText('This account does not stand below yours').waitFor();
    expect(await page.getByRole('button', { name: 'Disable' }).count()).toBe(0);
    await page.goto(`${stage.url}/administration/people/${admin.id}`);
    await page.getByText('This is your own account').waitFor();
  });
});

describe('where administrators need two-factor authentication', () => {
  const stage = setStage({ TWO_FACTOR_REQUIRED_FOR: 'ADMIN,ROOT' });

  test('Administration says so and leads to Profile', async () => {
    const page = await stage.open(await newPersonOfRole(stage.postern, 'ADMIN'), '/administration');
    const alert = page
      .getByRole('alert')
      .filter({ hasText: 'Administrators turn on two-factor authentication first.' });
    expect(await alert.getByRole('link', { name: 'Go to Profile' }).getAttribute('href')).toBe('/profile#two-factor');
  });
});
