import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { newUserOfRole } from '../features/administration/administrators.js';
import { tokenIn, type ReceivedMail } from '../support/mail-server.js';
import { bindAddress, goodPassword, newAddress, newUser, signIn, type TestUser } from '../support/users.js';
import { newSetupToken } from '../features/sign-up/sign-up-as.js';
import { newTwoFactorUser } from '../support/two-factor.js';
import { setStage } from './stage.js';
import { button, field, fillIn, waitForProfile, submitSignIn } from './page-actions.js';

const stage = setStage();
const nextPassword = 'Louder-Lantern-88';
const invalidLink = 'This link is invalid or has expired. Request a new one.';
const alreadySetUp = 'This server is already set up. Sign in instead.';
const invalidSetupToken = 'This setup token is invalid or has expired. Restart the server to get a new one.';

const linksTo = (view: string, address: string): string[] =>
  stage.mail.mails
    .filter(({ to, text }: ReceivedMail) => to === address && text.includes(`/${view}#`))
    .map((mail) => `/${view}#${tokenIn(mail)}`);

/** The newest link to a view in the emails to an address, after waiting for `count` of them. */
async function linkTo(view: string, address: string, count = 1): Promise<string> {
  await stage.mail.until(() => linksTo(view, address).length >= count);
  return linksTo(view, address).at(-1)!;
}

const setPassword = async (page: Page, newPassword: string, confirmation = newPassword) => {
  await fillIn(page, { 'New password': newPassword, 'Confirm new password': confirmation });
  await button(page, 'Set new password').click();
};

/** Requests a password reset. @returns the link in the email */
async function requestReset(address: string): Promise<string> {
  const before = linksTo('reset-password', address).length;
  await stage.postern
    .client()
    .send(
      'mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { userErrors { code } } }',
      { input: { email: address } },
    );
  return linkTo('reset-password', address, before + 1);
}

/** Binds a new email address to a user. */
async function withAddress<User extends TestUser>(user: User): Promise<User & { readonly address: string }> {
  const address = newAddress();
  await bindAddress(stage.postern, stage.mail, user, address);
  return { ...user, address };
}

describe('the first setup', () => {
  const submitSetup = async (page: Page, username: string) => {
    await fillIn(page, { Username: username, Password: goodPassword, 'Confirm password': goodPassword });
    await button(page, 'Create administrator').click();
  };

  test('completes the first setup once per link, and keeps the input if a link is invalid (R-77)', async () => {
    const link = `/setup#${(await newSetupToken(stage.postern))!}`;
    const page = await stage.open(null, link);
    await field(page, 'Username').waitFor();
    expect(page.url()).toBe(`${stage.url}/setup`);
    const second = await stage.open(null, link);
    const wrong = await stage.open(null, `/setup#psu_${'a'.repeat(49)}`);
    await submitSetup(wrong, 'latecomer');
    await wrong.getByText(invalidSetupToken).waitFor();
    await submitSetup(page, 'keeper');
    await page.getByText('Administrator created.').waitFor();
    await page.getByRole('heading', { name: 'Profile', level: 1 }).waitFor();
    await button(page, /^Account menu/).click();
    await page.locator('.menu').getByText('Root').waitFor();
    for (const other of [second, wrong]) {
      await submitSetup(other, 'latecomer');
      await other.getByText(alreadySetUp).waitFor();
      expect(await field(other, 'Username').inputValue()).toBe('latecomer');
      expect(await field(other, 'Password').inputValue()).toBe(goodPassword);
    }
  });

  test('asks for the setup token when the URL has none', async () => {
    const page = await stage.open(null, `/setup#psu_${'a'.repeat(49)}`);
    await field(page, 'Username').waitFor();
    expect(await field(page, 'Setup token').count()).toBe(0);
    await page.reload();
    await field(page, 'Setup token').fill('not a token');
    await submitSetup(page, 'latecomer');
    await page.getByText(alreadySetUp).waitFor();
    expect(await field(page, 'Setup token').getAttribute('aria-invalid')).toBe('true');
  });
});

test('lets a user whose account an administrator created set a password with the link', async () => {
  const root = await newUserOfRole(stage.postern, 'ROOT');
  const { data } = await root.client.send(
    'mutation ($input: CreateUserInput!) { createUser(input: $input) { passwordLink userErrors { code } } }',
    { input: { username: 'newcomer', reason: 'joined the team' } },
  );
  const page = await stage.open(null, data['createUser'].passwordLink.replace(stage.url, ''));
  await setPassword(page, nextPassword);
  await page.getByText('Password reset. Sign in with your new password.').waitFor();
  await submitSignIn(page, { username: 'newcomer', password: nextPassword });
  await waitForProfile(page);
});

describe('recovery', () => {
  test('shows the same message whether or not an account has the address (R-47)', async () => {
    const { address } = await withAddress(await newUser(stage.postern));
    const page = await stage.open(null, '/recover');
    for (const email of [address, 'unknown@mail.example']) {
      await field(page, 'Email').fill(email);
      await button(page, 'Send link').click();
      await page.getByText(`If ${email} belongs to an account, we’ve sent a link.`).waitFor();
      await button(page, 'Use another address').click();
    }
  });

  test('keeps the recovery link valid when a password is rejected (R-48)', async () => {
    const user = await withAddress(await newUser(stage.postern));
    const link = await requestReset(user.address);
    const page = await stage.open(null, link);
    const second = await stage.open(null, link);
    await setPassword(page, nextPassword, 'Louder-Lantern-89');
    await page.getByText('Passwords don’t match.').waitFor();
    expect(await field(page, 'Confirm new password').getAttribute('aria-invalid')).toBe('true');
    await setPassword(page, 'password1');
    await page.getByText('This password is too common. Choose another.').waitFor();
    expect(await field(page, 'New password').getAttribute('aria-invalid')).toBe('true');
    await setPassword(page, nextPassword);
    await page.getByText('Password reset.').waitFor();
    await setPassword(second, 'Third-Harbour-99');
    await second.getByText(invalidLink).waitFor();
    await second.getByRole('link', { name: 'Request a new link' }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await submitSignIn(page, { username: user.address, password: nextPassword });
    await waitForProfile(page);
  });

  test('explains that a recovery link is expired, invalid or incomplete', async () => {
    const link = await requestReset((await withAddress(await newUser(stage.postern))).address);
    const page = await stage.open(null, link);
    stage.postern.clock.advance({ minutes: 31 });
    await setPassword(page, nextPassword);
    await page.getByText(invalidLink).waitFor();
    const wrong = await stage.open(null, `/reset-password#psr_${'a'.repeat(49)}`);
    await setPassword(wrong, nextPassword);
    await wrong.getByText(invalidLink).waitFor();
    await wrong.reload();
    await wrong.getByText('This link is incomplete, or the page was reloaded.').waitFor();
    expect(await wrong.getByRole('link', { name: 'Request a new link' }).getAttribute('href')).toBe('/recover');
    expect(await field(wrong, 'New password').count()).toBe(0);
  });

  test('uses the newest recovery link that is opened in a tab, and removes it from the address', async () => {
    const user = await withAddress(await newUser(stage.postern));
    const page = await stage.open(null, await requestReset(user.address));
    await field(page, 'New password').fill('half-typed');
    await page.goto(`${stage.url}${await requestReset(user.address)}`);
    await page.waitForFunction(() => location.hash === '');
    expect(await field(page, 'New password').inputValue()).toBe('');
    await setPassword(page, nextPassword);
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  });

  test('requires a second factor for recovery when two-factor authentication is on (R-49)', async () => {
    const user = await withAddress(await newTwoFactorUser(stage.postern));
    for (const finish of [
      async (page: Page) => field(page, '6-digit code from your authenticator app').fill(await user.app.nextCode()),
      async (page: Page) => {
        await button(page, 'Use a backup code instead').click();
        await field(page, 'Backup code').fill(user.backupCodes[0]!);
      },
    ]) {
      const page = await stage.open(null, await requestReset(user.address));
      const password = `${nextPassword}-${await user.app.nextCode()}`;
      await setPassword(page, password);
      await page.getByText('Enter a two-factor code to finish.').waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
      expect(await field(page, 'New password').inputValue()).toBe(password);
      await field(page, '6-digit code from your authenticator app').fill(await user.app.wrongCode());
      await button(page, 'Set new password').click();
      await page.getByText('Incorrect or used code.').waitFor();
      await finish(page);
      await button(page, 'Set new password').click();
      await page.getByText('Password reset.').waitFor();
      await page.close();
      stage.postern.clock.advance({ minutes: 10 });
    }
  });
});

describe('undoing an email change', () => {
  test('restores the old address once, revokes all sessions and asks for a new password (R-51)', async () => {
    const user = await withAddress(await newUser(stage.postern));
    const attacker = await signIn(stage.postern, user);
    await bindAddress(stage.postern, stage.mail, { client: attacker }, newAddress());
    const link = await linkTo('revert-email-change', user.address);
    const page = await stage.open(null, link);
    const second = await stage.open(null, link);
    expect(page.url()).toBe(`${stage.url}/revert-email-change`);
    await button(page, 'Undo the change').click();
    await page.getByText('Your old address is back. Now set a new password').waitFor();
    await setPassword(page, nextPassword);
    await page.getByText('Password reset.').waitFor();
    expect((await attacker.send('{ me { username } }')).data).toEqual({ me: null });
    await submitSignIn(page, { username: user.address, password: nextPassword });
    await waitForProfile(page);
    await page.locator('#email').getByText(user.address).waitFor();
    await button(second, 'Undo the change').click();
    await second.getByText(invalidLink).waitFor();
  });

  test('explains that the link to undo an email change has no token', async () => {
    const page = await stage.open(null, '/revert-email-change');
    await page.getByText('This link is incomplete, or the page was reloaded.').waitFor();
    expect(await button(page, 'Undo the change').count()).toBe(0);
  });
});
