import { expect, test } from '@jest/globals';
import { newPerson } from '../support/people.js';
import { setStage } from './stage.js';
import { button, field, profileIsThere } from './visitor.js';

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
  for (let left = await button(page, 'Try again').count(); left > 0; left -= 1) await button(page, 'Try again').first().click();
  await page.getByText('No calls in this time.').waitFor();
});

test('a fault of the server is told without its reason, with the id of the request for who runs it', async () => {
  const page = await stage.open(await newPerson(stage.postern), '/profile');
  await profileIsThere(page);
  const errors = [{ message: 'secret reason', path: ['resetApiToken'], extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'request-7' } }];
  await page.route('**/graphql', (route, request) => (request.postData()?.includes('ResetApiToken') ? route.fulfill({ json: { data: { resetApiToken: null }, errors } }) : route.continue()));
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
  await person.client.send('mutation { sendVerificationCode(input: { email: "one@mail.example" }) { userErrors { code } } }');
  await field(page.locator('#email'), 'Email').fill('two@mail.example');
  await button(page, 'Send Verification Code').click();
  await page.getByText(/You can try again in (?:\d+ s|1 min)\./).waitFor();
  expect(await button(page, 'Send Verification Code').isDisabled()).toBe(true);
});
