import { expect, test } from '@jest/globals';
import { goodPassword, newPerson } from '../support/people.js';
import { expectAccessible } from './looks.js';
import { setStage } from './stage.js';
import { button, field, fillIn, profileIsThere, signInOn } from './visitor.js';

const stage = setStage();

test('without a network the page says so, loses nothing that was typed, and goes on when it is back', async () => {
  const page = await stage.open(await newPerson(stage.postern), '/profile');
  await profileIsThere(page);
  await page.context().setOffline(true);
  await field(page.locator('#email'), 'Email').fill('later@mail.example');
  await button(page, 'Send Verification Code').click();
  await page.locator('#email').getByText('Postern cannot be reached').waitFor();
  expect(await field(page.locator('#email'), 'Email').inputValue()).toBe('later@mail.example');
  await page.context().setOffline(false);
  expect(stage.faults.splice(0)).not.toEqual([]);
  await button(page, 'Send Verification Code').click();
  await field(page.locator('#email'), 'Verification code').waitFor();
});

test('a view that cannot be read says so, and reads it when it is asked again', async () => {
  const page = await stage.open(await newPerson(stage.postern), '/profile');
  await profileIsThere(page);
  await page.context().route('**/graphql', (route) => route.abort('connectionrefused'));
  await page.getByRole('link', { name: 'Logs' }).click();
  const alert = page.getByRole('alert').filter({ hasText: 'Postern cannot be reached' }).first();
  await alert.waitFor();
  await page.context().unroute('**/graphql');
  expect(stage.faults.splice(0)).not.toEqual([]);
  for (let left = await button(page, 'Try again').count(); left > 0; left -= 1)
    await button(page, 'Try again').first().click();
  await page.getByText('No calls in this time.').waitFor();
});

test('a view that cannot be read again keeps what it showed, what was typed and a secret that is shown once, says so, and is read when it is asked again', async () => {
  const page = await stage.open(await newPerson(stage.postern), '/profile');
  await profileIsThere(page);
  await fillIn(page.locator('#password'), { 'Current password': 'typed before', 'New password': 'Louder-Lantern-88' });
  await page.route('**/graphql', (route, request) =>
    request.postData()?.includes('MyProfile') ? route.abort('connectionrefused') : route.continue(),
  );
  await button(page.locator('#api-token'), 'Create token').click();
  const alert = page.getByRole('alert').filter({ hasText: 'Postern cannot be reached' });
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

test('a part of the page that does not come is told of, with a way to load it again', async () => {
  const page = await stage.open(null, '/');
  await page.context().route('**/assets/signed-in-*', (route) => route.abort('connectionrefused'));
  await signInOn(page, await newPerson(stage.postern));
  await page.getByRole('heading', { name: 'This page could not be loaded', level: 1 }).waitFor();
  await expectAccessible(page);
  await page.context().unroute('**/assets/signed-in-*');
  expect(stage.faults.splice(0)).not.toEqual([]);
  await button(page, 'Load it again').click();
  await profileIsThere(page);
});

test('where the estimator of passwords does not come, the form stays with what was typed, and a password is changed without it', async () => {
  const page = await stage.open(await newPerson(stage.postern), '/profile');
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
  await page.getByText('Your password is changed, and every other session is over.').waitFor();
  expect(stage.faults.splice(0)).not.toEqual([]);
});

test('a fault of the server is told without its reason, with the id of the request for who runs it', async () => {
  const page = await stage.open(await newPerson(stage.postern), '/profile');
  await profileIsThere(page);
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
  expect(await alert.innerText()).toContain('Something went wrong on our side. Nothing was changed.');
  expect(await page.content()).not.toContain('secret reason');
});

test('what a limit refuses tells how long to wait, and its button waits as well (R-24)', async () => {
  const person = await newPerson(stage.postern);
  const page = await stage.open(person, '/profile');
  await profileIsThere(page);
  await person.client.send(
    'mutation { sendVerificationCode(input: { email: "one@mail.example" }) { userErrors { code } } }',
  );
  await field(page.locator('#email'), 'Email').fill('two@mail.example');
  await button(page, 'Send Verification Code').click();
  await page.getByText(/You can try again in (?:\d+ s|1 min)\./).waitFor();
  expect(await button(page, 'Send Verification Code').isDisabled()).toBe(true);
});
