import { expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { goodPassword, newUser } from '../support/users.js';
import { expectAccessible } from './page-checks.js';
import { setStage } from './stage.js';
import { button, field, fillIn, waitForProfile, submitSignIn } from './page-actions.js';

const stage = setStage();

test('reports a network failure and keeps the input', async () => {
  const page = await stage.open(await newUser(stage.postern), '/profile');
  await waitForProfile(page);
  await page.context().setOffline(true);
  await field(page.locator('#email'), 'Email').fill('later@mail.example');
  await button(page, 'Send Verification Code').click();
  await page.locator('#email').getByText('Can’t reach the server.').waitFor();
  expect(await field(page.locator('#email'), 'Email').inputValue()).toBe('later@mail.example');
  await page.context().setOffline(false);
  expect(stage.faults.splice(0)).not.toEqual([]);
  await button(page, 'Send Verification Code').click();
  await field(page.locator('#email'), 'Verification code').waitFor();
});

test('shows a retry button when a view fails to load', async () => {
  const page = await stage.open(await newUser(stage.postern), '/profile');
  await waitForProfile(page);
  await page.context().route('**/graphql', (route) => route.abort('connectionrefused'));
  await page.getByRole('link', { name: 'Logs' }).click();
  const alert = page.getByRole('alert').filter({ hasText: 'Can’t reach the server.' }).first();
  await alert.waitFor();
  await page.context().unroute('**/graphql');
  expect(stage.faults.splice(0)).not.toEqual([]);
  for (let left = await button(page, 'Try again').count(); left > 0; left -= 1)
    await button(page, 'Try again').first().click();
  await page.getByText('No calls in this period.').waitFor();
});

test('keeps the data, input and secrets on the page when reloading data fails', async () => {
  const page = await stage.open(await newUser(stage.postern), '/profile');
  await waitForProfile(page);
  await fillIn(page.locator('#password'), { 'Current password': 'typed before', 'New password': 'Louder-Lantern-88' });
  await page.route('**/graphql', (route, request) =>
    request.postData()?.includes('MyProfile') ? route.abort('connectionrefused') : route.continue(),
  );
  await button(page.locator('#api-token'), 'Create token').click();
  const alert = page.getByRole('alert').filter({ hasText: 'Can’t reach the server.' });
  await alert.waitFor();
  expect(await field(page.locator('#password'), 'Current password').inputValue()).toBe('typed before');
  const token = await page.locator('#api-token .secret code').innerText();
  await page.unroute('**/graphql');
  expect(stage.faults.splice(0)).not.toEqual([]);
  await button(alert, 'Try again').click();
  await alert.waitFor({ state: 'detached' });
  await button(page.locator('#api-token'), 'Reset').waitFor();
  expect(await page.locator('#api-token .secret code').innerText()).toBe(token);
  expect(await field(page.locator('#password'), 'New password').inputValue()).toBe('Louder-Lantern-88');
});

test('offers to reload the page when a script fails to load', async () => {
  const page = await stage.open(null, '/');
  await page.context().route('**/assets/signed-in-*', (route) => route.abort('connectionrefused'));
  await submitSignIn(page, await newUser(stage.postern));
  await page.getByRole('heading', { name: 'This page didn’t load', level: 1 }).waitFor();
  await expectAccessible(page);
  await page.context().unroute('**/assets/signed-in-*');
  expect(stage.faults.splice(0)).not.toEqual([]);
  await button(page, 'Reload').click();
  await waitForProfile(page);
});

test('still changes a password when the strength estimator fails to load', async () => {
  const page = await stage.open(await newUser(stage.postern), '/profile');
  const section = page.locator('#password');
  await page.context().route('**/assets/strength-*', (route) => route.abort('connectionrefused'));
  await Promise.all([
    page.waitForEvent('requestfailed'),
    fillIn(section, {
      'Current password': goodPassword,
      'New password': 'Louder-Lantern-88',
      'Confirm new password': 'Louder-Lantern-88',
    }),
  ]);
  await button(section, 'Change Password').click();
  await page.getByText('Password changed. All other devices are signed out.').waitFor();
  expect(stage.faults.splice(0)).not.toEqual([]);
});

test('shows the request ID of a server error, but not its cause', async () => {
  const page = await stage.open(await newUser(stage.postern), '/profile');
  await waitForProfile(page);
  const errors = [
    {
      message: 'secret reason',
      path: ['resetApiToken'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'request-7' },
    },
  ];
  await page.route('**/graphql', (route, request) =>
    request.postData()?.includes('ResetApiToken')
      ? route.fulfill({ json: { data: { resetApiToken: null }, errors } })
      : route.continue(),
  );
  await button(page.locator('#api-token'), 'Create token').click();
  const alert = page.locator('#api-token').getByRole('alert');
  await alert.getByText('request-7').waitFor();
  expect(await alert.innerText()).toContain('Something went wrong. Please try again.');
  expect(await page.content()).not.toContain('secret reason');
  await eventually(() => stage.faults.splice(0).length > 0, 'the fault was noticed');
});

test('shows how long to wait after a rate limit, and disables the button (R-24)', async () => {
  const user = await newUser(stage.postern);
  const page = await stage.open(user, '/profile');
  await waitForProfile(page);
  await user.client.send(
    'mutation { sendVerificationCode(input: { email: "one@mail.example" }) { userErrors { code } } }',
  );
  await field(page.locator('#email'), 'Email').fill('two@mail.example');
  await button(page, 'Send Verification Code').click();
  await page.getByText(/Try again in (?:\d+ seconds?|\d+ minutes)\./).waitFor();
  expect(await button(page, 'Send Verification Code').isDisabled()).toBe(true);
});

test('shows how long to wait while the server is busy, then signs in (D-11)', async () => {
  const user = await newUser(stage.postern);
  const page = await stage.open(null, '/');
  const extensions = { code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 2 };
  await page.route('**/graphql', (route, request) =>
    request.postData()?.includes('login')
      ? route.fulfill({
          status: 503,
          headers: { 'retry-after': '2' },
          json: { errors: [{ message: 'The server is busy. Try again in 2 seconds.', extensions }], data: null },
        })
      : route.continue(),
  );
  await submitSignIn(page, user);
  await page.getByText(/The server is busy\. Try again in \d seconds?\./).waitFor();
  expect(await button(page, 'Sign in').isDisabled()).toBe(true);
  await page.unroute('**/graphql');
  expect(stage.faults.splice(0)).not.toEqual([]);
  await page.getByText('The server is busy. You can try again now.').waitFor();
  await submitSignIn(page, user);
  await waitForProfile(page);
});
