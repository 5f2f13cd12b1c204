import { expect, test } from '@jest/globals';
import { codeIn, tokenIn } from '../support/mail-server.js';
import { goodPassword } from '../support/users.js';
import { readQrCode } from '../support/read-qr-code.js';
import { Authenticator } from '../support/two-factor.js';
import { setStage } from './stage.js';
import { button, field, fillIn, waitForProfile, submitSignIn, signOut } from './page-actions.js';

const stage = setStage();

test('supports everything that the account security documentation describes', async () => {
  const page = await stage.open(null, '/');
  await page.getByRole('link', { name: 'Sign up' }).click();
  await fillIn(page, { Username: 'mara', Password: goodPassword, 'Confirm password': goodPassword });
  await button(page, 'Sign up').click();

  // Click your avatar in the top-right corner, then select "Profile" from the dropdown menu.
  await waitForProfile(page);
  const avatar = button(page, /^Account menu/);
  const { x, y } = (await avatar.boundingBox())!;
  expect(x).toBeGreaterThan(1_000);
  expect(y).toBeLessThan(60);
  await avatar.click();
  await page.getByRole('link', { name: 'Profile', exact: true }).last().click();
  expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual([
    'Security checkup',
    'Basic Information',
    'Security Settings',
    'Account',
  ]);
  expect(await page.getByRole('heading', { level: 3 }).allTextContents()).toEqual([
    'Username',
    'Bind Email',
    'Language',
    'Change Password',
    'Two-Factor Authentication (2FA)',
    'Passkeys',
    'API Token',
    'Access tokens',
    'Sessions',
    'Recent security events',
    'Export your data',
    'Revoke everything',
    'Delete account',
  ]);

  // Bind Email.
  const email = page.locator('#email');
  await field(email, 'Email').fill('mara@mail.example');
  await button(email, 'Send Verification Code').click();
  await field(email, 'Verification code').waitFor();
  expect(await button(email, /Send again in \d+ s/).isDisabled()).toBe(true);
  const code = codeIn(await stage.mail.mailTo('mara@mail.example'));
  await field(email, 'Verification code').fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await button(email, 'Bind').click();
  await email.getByText('Bound').waitFor();

  // Change Password: current, new, confirm, in that order.
  const password = page.locator('#password');
  expect(await password.locator('label').allTextContents()).toEqual([
    'Current password',
    'New password',
    'Confirm new password',
  ]);
  await field(password, 'New password').fill('Password1');
  await password.getByText('Very weak').waitFor();
  await fillIn(password, {
    'Current password': goodPassword,
    'New password': 'Louder-Lantern-88',
    'Confirm new password': 'Louder-Lantern-88',
  });
  await button(password, 'Change Password').click();
  await page.getByText('Password changed. All other devices are signed out.').waitFor();
  expect(await field(password, 'New password').inputValue()).toBe('');

  // Enable 2FA; both apps are named.
  const twoFactor = page.locator('#two-factor');
  expect(await twoFactor.textContent()).toMatch(
    /Google Authenticator \(Android \/ iOS\).*Microsoft Authenticator \(Android \/ iOS\)/,
  );
  await button(twoFactor, 'Enable 2FA').click();
  const dialog = page.getByRole('dialog');
  const uri = readQrCode((await dialog.getByRole('img').getAttribute('src'))!)!;
  const app = new Authenticator(new URL(uri).searchParams.get('secret')!, stage.postern.clock);
  await field(dialog, 'Verification code').fill(await app.code());
  await button(dialog, 'Confirm Enable').click();
  await page.getByRole('heading', { name: 'Your backup codes' }).waitFor();
  const backupCodes = await dialog.locator('li code').allTextContents();
  expect(backupCodes).toHaveLength(10);
  await page.keyboard.press('Escape');
  expect(await button(dialog, 'Done').isDisabled()).toBe(true);
  await dialog.getByRole('checkbox').check();
  await button(dialog, 'Done').click();
  await twoFactor.getByText('10 backup codes left.').waitFor();

  // API Token: reset and view it.
  const apiToken = page.locator('#api-token');
  await button(apiToken, 'Create token').click();
  const token = await apiToken.locator('.secret code').textContent();
  expect(token).toMatch(/^pat_\w+$/);
  await button(apiToken, 'Hide').click();
  await button(apiToken, 'View').click();
  expect(await apiToken.locator('.secret code').textContent()).toBe(token);

  // Sign in with a backup code.
  await signOut(page);
  await submitSignIn(page, { username: 'mara@mail.example', password: 'Louder-Lantern-88' });
  await button(page, 'Use a backup code instead').click();
  await field(page, 'Backup code').fill(backupCodes[0]!.toLowerCase());
  await button(page, 'Verify').click();
  await waitForProfile(page);
  await twoFactor.getByText('9 backup codes left.').waitFor();

  // Disable 2FA with the current code.
  await button(twoFactor, 'Disable 2FA').click();
  await field(dialog, '6-digit code from your authenticator app').fill(await app.nextCode());
  await button(dialog, 'Disable 2FA').click();
  await button(twoFactor, 'Enable 2FA').waitFor();

  // Recovery with the bound email address.
  await signOut(page);
  await page.getByRole('link', { name: 'Forgot password?' }).click();
  await field(page, 'Email').fill('mara@mail.example');
  await button(page, 'Send link').click();
  await page.getByText('Check your email').waitFor();
  await stage.mail.until(({ mails }) => mails.some(({ text }) => text.includes('/reset-password#')));
  const link = tokenIn(stage.mail.mails.find(({ text }) => text.includes('/reset-password#'))!);
  await page.goto(`${stage.url}/reset-password#${link}`);
  await field(page, 'New password').waitFor();
  expect(page.url()).toBe(`${stage.url}/reset-password`);
  await fillIn(page, { 'New password': 'Third-Harbour-99', 'Confirm new password': 'Third-Harbour-99' });
  await button(page, 'Set new password').click();
  await submitSignIn(page, { username: 'mara', password: 'Third-Harbour-99' });
  await waitForProfile(page);
});
