import { expect, test } from '@jest/globals';
import { Login, newUser } from '../support/users.js';
import { newTwoFactorUser } from '../support/two-factor.js';
import { setStage } from './stage.js';
import { button, field, fillIn, waitForProfile, submitSignIn } from './page-actions.js';

const stage = setStage();
const codeField = '6-digit code from your authenticator app';
const wrongCode = 'Incorrect or used code.';
const wrongBackupCode = 'Incorrect or used backup code.';

test('shows the same error for a wrong password and an unknown name', async () => {
  const { username } = await newUser(stage.postern);
  const page = await stage.open(null, '/');
  for (const name of [username, 'unknown-user']) {
    await submitSignIn(page, { username: name, password: 'not-the-password' });
    await page.getByRole('alert').getByText('Incorrect username or password.').waitFor();
    expect(await field(page, 'Username or email').inputValue()).toBe(name);
    expect(await field(page, 'Password').inputValue()).toBe('not-the-password');
  }
});

test('returns to the requested view after sign-in', async () => {
  const user = await newUser(stage.postern);
  const page = await stage.open(null, '/keys?search=robot');
  // Keyboards of phones add spaces.
  await submitSignIn(page, { ...user, username: ` ${user.username} ` });
  await page.getByRole('heading', { name: 'Keys', level: 1 }).waitFor();
  expect(page.url()).toBe(`${stage.url}/keys?search=robot`);
});

test('rejects a wrong code and a used backup code in the second step', async () => {
  const user = await newTwoFactorUser(stage.postern);
  const page = await stage.open(null, '/');
  await submitSignIn(page, user);
  await field(page, codeField).fill(await user.app.wrongCode());
  await button(page, 'Verify').click();
  await page.getByText(wrongCode).waitFor();
  expect(await field(page, codeField).getAttribute('aria-invalid')).toBe('true');
  await page.keyboard.type('12');
  expect(await field(page, codeField).inputValue()).toBe('12');
  await button(page, 'Use a backup code instead').click();
  expect(await page.getByText(wrongCode).count()).toBe(0);
  await field(page, 'Backup code').fill(user.backupCodes[0]!);
  await button(page, 'Verify').click();
  await page.getByText('Signed in with a backup code. 9 left.').waitFor();
  await waitForProfile(page);

  const elsewhere = await stage.open(null, '/');
  await submitSignIn(elsewhere, user);
  await button(elsewhere, 'Use a backup code instead').click();
  await field(elsewhere, 'Backup code').fill(user.backupCodes[0]!);
  await button(elsewhere, 'Verify').click();
  await elsewhere.getByText(wrongBackupCode).waitFor();
  await button(elsewhere, 'Use the authenticator app instead').click();
  await field(elsewhere, codeField).fill(await user.app.nextCode());
  await button(elsewhere, 'Verify').click();
  await waitForProfile(elsewhere);
});

test('returns to the password step after five wrong codes or five minutes (R-11)', async () => {
  const user = await newTwoFactorUser(stage.postern);
  const page = await stage.open(null, '/');
  await submitSignIn(page, user);
  for (let number = 0; number < 5; number += 1) {
    await field(page, codeField).fill(await user.app.wrongCode());
    await Promise.all([page.waitForResponse(/graphql/), button(page, 'Verify').click()]);
  }
  await page.getByText('This sign-in expired or had too many wrong codes. Sign in again.').waitFor();

  const slow = await newTwoFactorUser(stage.postern);
  await submitSignIn(page, slow);
  await field(page, codeField).waitFor();
  stage.postern.clock.advance({ minutes: 6 });
  await page.clock.setFixedTime(stage.postern.clock.read());
  await field(page, codeField).fill(await slow.app.code());
  await button(page, 'Verify').click();
  await page.getByText('This sign-in expired or had too many wrong codes. Sign in again.').waitFor();
});

test('doesn’t count a network failure as a wrong code', async () => {
  const user = await newTwoFactorUser(stage.postern);
  const page = await stage.open(null, '/');
  await submitSignIn(page, user);
  await field(page, codeField).fill(await user.app.nextCode());
  await page.route('**/graphql', (route) => route.abort('connectionrefused'));
  for (let number = 0; number < 5; number += 1) {
    await Promise.all([page.waitForEvent('requestfailed'), button(page, 'Verify').click()]);
    await page.getByRole('alert').filter({ hasText: 'Can’t reach the server.' }).waitFor();
  }
  await page.unroute('**/graphql');
  expect(stage.faults.splice(0)).not.toEqual([]);
  await button(page, 'Verify').click();
  await waitForProfile(page);
});

test('lets the user cancel the second step', async () => {
  const page = await stage.open(null, '/');
  await submitSignIn(page, await newTwoFactorUser(stage.postern));
  await field(page, codeField).waitFor();
  await button(page, 'Cancel').click();
  await field(page, 'Username or email').waitFor();
});

test('shows how long to wait after too many attempts, and disables the button (R-24)', async () => {
  const { username, password } = await newUser(stage.postern);
  const limited = await stage.beside({ LIMITS: 'on' });
  for (let number = 0; number < 30; number += 1)
    await limited.client().send(Login, { input: { login: `unknown-${number}`, password: 'wrong' } });
  const page = await stage.open(null, '/');
  await page.goto(limited.url);
  await submitSignIn(page, { username, password });
  await page
    .getByRole('alert')
    .getByText(/Too many attempts\. Try again in (?:\d+ seconds?|\d+ minutes)\./)
    .waitFor();
  expect(await button(page, 'Sign in').isDisabled()).toBe(true);
  expect(await field(page, 'Password').inputValue()).toBe(password);
});

test('hides the sign-up link and form, and explains why, when sign-up is closed', async () => {
  const closed = await stage.beside({ REGISTRATION: 'closed' });
  const page = await stage.open(null, '/');
  await page.getByRole('link', { name: 'Sign up' }).waitFor();
  await page.goto(closed.url);
  await field(page, 'Password').waitFor();
  expect(await page.getByRole('link', { name: 'Sign up' }).count()).toBe(0);
  await page.goto(`${closed.url}/sign-up`);
  await page.getByText('Sign-up is turned off. Ask an administrator to create an account for you.').waitFor();
  expect(await button(page, 'Sign up').count()).toBe(0);
});

test('shows all sign-up errors together, each at its field', async () => {
  const page = await stage.open(null, '/sign-up');
  await fillIn(page, { Username: 'root', Password: 'password1', 'Confirm password': 'password2' });
  await button(page, 'Sign up').click();
  for (const message of [
    'This username is reserved. Choose another.',
    'This password is too common. Choose another.',
    'Passwords don’t match.',
  ])
    await page.getByText(message).waitFor();
  expect(await field(page, 'Username').evaluate((input) => input === document.activeElement)).toBe(true);
  await fillIn(page, {
    Username: 'new-user',
    Password: 'Quiet-Harbour-71',
    'Confirm password': 'Quiet-Harbour-71',
  });
  await button(page, 'Sign up').click();
  await waitForProfile(page);
});
