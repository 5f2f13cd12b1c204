import { expect, test } from '@jest/globals';
import { linkTo, stateOf } from '../features/account-closure/closure.js';
import { act } from '../features/administration/actions.js';
import { newUserOfRole } from '../features/administration/administrators.js';
import { newTwoFactorUser } from '../support/two-factor.js';
import { bindAddress, goodPassword, newAddress, newUser, type TestUser } from '../support/users.js';
import { button, field, fillIn, submitSignIn, waitForProfile } from './page-actions.js';
import { expectAccessible, expectToFit } from './page-checks.js';
import { setStage } from './stage.js';

const stage = setStage();
const willBeErased = /^Your account will be erased on /;

async function withAddress<User extends TestUser>(user: User): Promise<User & { readonly address: string }> {
  const address = newAddress();
  await bindAddress(stage.postern, stage.mail, user, address);
  return { ...user, address };
}

test('leads from the question to the export of the data, and deletes nothing', async () => {
  const user = await newUser(stage.postern);
  const page = await stage.open(user, '/profile');
  await button(page.locator('#delete-account'), 'Delete account').click();
  const dialog = page.getByRole('dialog', { name: 'Delete your account?' });
  await dialog.getByRole('link', { name: 'Export your data first.' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.waitForURL(/\/profile#export$/);
  expect(await button(page.locator('#export'), 'Export your data').isVisible()).toBe(true);
  expect((await stateOf(stage.postern, user)).status).toBe('ACTIVE');
});

test('deletes the account, says until when it returns, and restores it with the link (R-137)', async () => {
  const user = await withAddress(await newUser(stage.postern));
  const page = await stage.open(user, '/profile');
  await button(page.locator('#delete-account'), 'Delete account').click();
  const dialog = page.getByRole('dialog', { name: 'Delete your account?' });
  await dialog.getByText(`with the link that we email to ${user.address}`).waitFor();
  await button(dialog, 'Delete account').click();
  await field(dialog, 'Password').fill('Wrong-Harbour-71');
  await page.keyboard.press('Enter');
  await dialog.getByText('Incorrect password.').waitFor();
  await expectAccessible(page);
  await expectToFit(page);
  await field(dialog, 'Password').fill(goodPassword);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: willBeErased }).waitFor();
  const text = page.getByText(`the link that we emailed to ${user.address} restores your account`);
  expect(await text.evaluate((shown) => shown === document.activeElement)).toBe(true);
  await expectAccessible(page);
  await expectToFit(page);
  expect((await stateOf(stage.postern, user)).status).toBe('DELETED');

  const link = `/restore-account#${await linkTo(stage.mail, user.address)}`;
  const second = await stage.open(null, link);
  await page.goto(stage.url + link);
  await page.waitForFunction(() => location.hash === '');
  expect((await stateOf(stage.postern, user)).status).toBe('DELETED');
  await button(page, 'Restore account').click();
  await page.getByText('Your account is back. Now set a new password.').waitFor();
  await fillIn(page, { 'New password': 'Louder-Lantern-88', 'Confirm new password': 'Louder-Lantern-88' });
  await button(page, 'Set new password').click();
  await submitSignIn(page, { username: user.address, password: 'Louder-Lantern-88' });
  await waitForProfile(page);
  await page.locator('#events').getByText('Account restored with a link').waitFor();
  await button(second, 'Restore account').click();
  await second.getByText('This link is invalid or has expired.').waitFor();
});

test('goes on to sign-in, and shows the deletion no more after that or a reload', async () => {
  for (const leave of ['continue', 'reload'] as const) {
    const user = await newUser(stage.postern);
    const page = await stage.open(user, '/profile');
    await button(page.locator('#delete-account'), 'Delete account').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('an administrator can restore it').waitFor();
    await button(dialog, 'Delete account').click();
    await field(dialog, 'Password').fill(goodPassword);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: willBeErased }).waitFor();
    await page.getByText('an administrator can restore your account').waitFor();
    await (leave === 'continue' ? page.getByRole('link', { name: 'Back to sign-in' }).click() : page.reload());
    await submitSignIn(page, user);
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('heading', { name: willBeErased }).count()).toBe(0);
  }
});

test('asks for the identity, then for a second factor while one is on', async () => {
  const user = await newTwoFactorUser(stage.postern);
  const page = await stage.open(user, '/profile');
  await waitForProfile(page);
  stage.postern.clock.advance({ minutes: 11 });
  await button(page.locator('#delete-account'), 'Delete account').click();
  const dialog = page.getByRole('dialog', { name: 'Delete your account?' });
  await button(dialog, 'Delete account').click();
  const stepUp = page.getByRole('dialog', { name: 'Confirm it’s you' });
  await field(stepUp, 'Password').fill(goodPassword);
  await field(stepUp, '6-digit code from your authenticator app').fill(await user.app.nextCode());
  await page.keyboard.press('Enter');
  await stepUp.waitFor({ state: 'detached' });
  expect(await field(dialog, 'Password').count()).toBe(0);
  await field(dialog, '6-digit code from your authenticator app').fill(await user.app.nextCode());
  await button(dialog, 'Delete account').click();
  await page.getByRole('heading', { level: 1, name: willBeErased }).waitFor();
});

test('tells administrators who deleted an account', async () => {
  const admin = await newUserOfRole(stage.postern, 'ADMIN');
  const user = await newUser(stage.postern);
  await user.client.send(
    `mutation { deleteMyAccount(input: { password: "${goodPassword}" }) { userErrors { code } } }`,
  );
  const page = await stage.open(admin, `/administration/users/${user.id}`);
  await page.getByText('Deleted by the user').waitFor();
  await act(admin.client, 'deleteUser', { userId: user.id });
  await page.reload();
  await page.getByText('Deleted by an administrator').waitFor();
});

test('explains that the link to restore an account has no token', async () => {
  const page = await stage.open(null, '/restore-account');
  await page.getByText('This link is incomplete, or the page was reloaded.').waitFor();
  expect(await button(page, 'Restore account').count()).toBe(0);
});
