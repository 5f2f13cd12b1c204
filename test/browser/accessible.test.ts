import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { newUserOfRole } from '../features/administration/administrators.js';
import { newAccessToken } from '../support/access-tokens.js';
import { newUser } from '../support/users.js';
import { Authenticator, newTwoFactorUser } from '../support/two-factor.js';
import { readQrCode } from '../support/read-qr-code.js';
import { newCallKey } from '../features/usage/gateway.js';
import { expectAccessible, expectToFit } from './page-checks.js';
import { setStage } from './stage.js';
import { button, field, fillIn, waitForProfile, submitSignIn } from './page-actions.js';

const stage = setStage();

/** Expects no accessibility violation, and a layout that fits phones, tablets and desktops. */
async function expectAccessibleAndFit(page: Page): Promise<void> {
  await expectAccessible(page);
  await expectToFit(page);
}

const token = 'a'.repeat(49);

test.each([
  '/sign-in',
  '/sign-up',
  '/recover',
  '/setup',
  `/setup#psu_${token}`,
  '/reset-password',
  `/reset-password#psr_${token}`,
  '/revert-email-change',
  `/revert-email-change#pse_${token}`,
  '/restore-account',
  `/restore-account#psl_${token}`,
])('makes the page at %s accessible, and fits it to every screen size', async (path) => {
  const page = await stage.open(null, path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await expectAccessibleAndFit(page);
});

test('makes the messages of sign-up, recovery and the second sign-in step accessible', async () => {
  const page = await stage.open(null, '/sign-up');
  await fillIn(page, { Username: 'root', Password: 'password1', 'Confirm password': 'password2' });
  await page.getByText('Very weak').waitFor();
  await button(page, 'Sign up').click();
  await page.getByText('This username is reserved. Choose another.').waitFor();
  await expectAccessibleAndFit(page);

  await page.goto(`${stage.url}/recover`);
  await field(page, 'Email').fill('unknown@mail.example');
  await button(page, 'Send link').click();
  await page.getByText('belongs to an account').waitFor();
  await expectAccessibleAndFit(page);

  await page.goto(`${stage.url}/`);
  await submitSignIn(page, await newTwoFactorUser(stage.postern));
  await button(page, 'Use a backup code instead').click();
  await field(page, 'Backup code').fill('wrong');
  await button(page, 'Verify').click();
  await page.getByText('Incorrect or used backup code.').waitFor();
  await expectAccessibleAndFit(page);
});

test('makes Profile, its menu, its forms and 2FA setup accessible', async () => {
  const page = await stage.open(await newUser(stage.postern), '/profile');
  await waitForProfile(page);
  await button(page, 'Change username').click();
  await field(page.locator('#email'), 'Email').fill('mara@mail.example');
  await button(page, 'Send Verification Code').click();
  await field(page, 'Verification code').waitFor();
  await fillIn(page.locator('#password'), {
    'Current password': 'wrong',
    'New password': 'password1',
    'Confirm new password': 'password2',
  });
  await button(page, 'Change Password').click();
  await page.locator('#password .error').first().waitFor();
  await button(page, 'Create token').click();
  await page.locator('#api-token .secret').waitFor();
  await expectAccessibleAndFit(page);
  await button(page, /^Account menu/).click();
  await expectAccessibleAndFit(page);
  await page.keyboard.press('Escape');

  await button(page.locator('#two-factor'), 'Enable 2FA').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Can’t scan it?').click();
  await expectAccessibleAndFit(page);
  const secret = new URL(readQrCode((await dialog.getByRole('img').getAttribute('src'))!)!).searchParams.get('secret')!;
  await field(dialog, 'Verification code').fill(await new Authenticator(secret, stage.postern.clock).code());
  await button(dialog, 'Confirm Enable').click();
  await page.getByRole('heading', { name: 'Your backup codes' }).waitFor();
  await expectAccessibleAndFit(page);
});

test('makes the remaining dialogs on Profile accessible, and names each by its title', async () => {
  const user = await newTwoFactorUser(stage.postern);
  await user.client.send('mutation { resetApiToken { token } }');
  await newAccessToken(user.client);
  const page = await stage.open(user, '/profile');
  for (const [opener, title] of Object.entries({
    'New backup codes': 'New backup codes',
    'Disable 2FA': 'Disable 2FA',
    'Reset 2FA (new phone)': 'Reset 2FA (new phone)',
    Reset: 'Reset API Token?',
    'Create access token': 'Create an access token',
    'Edit: Backup': 'Edit Backup',
    'Rotate: Backup': 'Rotate Backup',
    'Revoke: Backup': 'Revoke this access token?',
    'Delete account': 'Delete your account?',
  })) {
    await button(page, opener).first().click();
    await page.getByRole('dialog', { name: title, exact: true }).waitFor();
    await expectAccessibleAndFit(page);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  stage.postern.clock.advance({ minutes: 11 });
  await button(page, 'View').click();
  await page.getByRole('heading', { name: 'Confirm it’s you' }).waitFor();
  await expectAccessibleAndFit(page);
});

test('wraps long names in every view', async () => {
  const root = await newUserOfRole(stage.postern, 'ROOT');
  await root.client.send(
    'mutation ($input: ChangeUsernameInput!) { changeUsername(input: $input) { userErrors { code } } }',
    { input: { username: 'a-name.of_thirty-two.characters01' } },
  );
  await newCallKey(stage.postern, root, { name: 'n'.repeat(64) });
  await newAccessToken(root.client, { name: 'n'.repeat(64) });
  const page = await stage.open(root, '/profile', { userAgent: 'Robot/'.padEnd(200, 'x') });
  await waitForProfile(page);
  await page.getByText('n'.repeat(64)).waitFor();
  await expectToFit(page);
  await button(page, /^Account menu/).click();
  await expectToFit(page);
  await page.goto(`${stage.url}/keys`);
  await page.getByText('n'.repeat(64)).waitFor();
  await expectToFit(page);
  await button(page, /^Edit: /).click();
  await expectAccessibleAndFit(page);
  await page.goto(`${stage.url}/administration/users/${root.id}`);
  for (const id of ['access-tokens', 'keys']) await page.locator(`#${id}`).getByText('n'.repeat(64)).waitFor();
  await expectAccessibleAndFit(page);
});

test('makes the pages for an unknown URL and a network failure accessible', async () => {
  const page = await stage.open(await newUser(stage.postern), '/administration');
  await page.getByRole('heading', { name: 'Page not found' }).waitFor();
  await expectAccessibleAndFit(page);
  await page.getByRole('link', { name: 'Go to Profile' }).click();
  await waitForProfile(page);
  await page.context().route('**/graphql', (route) => route.abort('connectionrefused'));
  await page.getByRole('link', { name: 'Logs' }).click();
  await button(page, 'Try again').first().waitFor();
  await expectAccessibleAndFit(page);
  expect(stage.faults.splice(0)).not.toEqual([]);
});
