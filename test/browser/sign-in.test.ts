import { expect, test } from '@jest/globals';
import { Login, newPerson } from '../support/people.js';
import { newTwoFactorPerson } from '../support/two-factor.js';
import { setStage } from './stage.js';
import { button, field, fillIn, profileIsThere, signInOn } from './visitor.js';

const stage = setStage();
const codeField = 'Six-digit code from your authenticator app';
const wrongCode = 'The code is wrong, or not valid any more.';

test('a wrong password is refused in the same words as an unknown name, and what was typed stays', async () => {
  const { username } = await newPerson(stage.postern);
  const page = await stage.open(null, '/');
  for (const name of [username, 'nobody-of-this-name']) {
    await signInOn(page, { username: name, password: 'not-the-password' });
    await page
      .getByRole('alert')
      .getByText('The username or email address, the password or the code is wrong.')
      .waitFor();
    expect(await field(page, 'Username or email').inputValue()).toBe(name);
    expect(await field(page, 'Password').inputValue()).toBe('not-the-password');
  }
});

test('who was on the way to a view is there after signing in', async () => {
  const person = await newPerson(stage.postern);
  const page = await stage.open(null, '/keys?search=robot');
  // As keyboards of phones write it.
  await signInOn(page, { ...person, username: ` ${person.username} ` });
  await page.getByRole('heading', { name: 'Keys', level: 1 }).waitFor();
  expect(page.url()).toBe(`${stage.url}/keys?search=robot`);
});

test('the second step refuses a wrong code and a backup code that was used, and takes a right one', async () => {
  const person = await newTwoFactorPerson(stage.postern);
  const page = await stage.open(null, '/');
  await signInOn(page, person);
  await field(page, codeField).fill(await person.app.wrongCode());
  await button(page, 'Verify').click();
  await page.getByText(wrongCode).waitFor();
  expect(await field(page, codeField).getAttribute('aria-invalid')).toBe('true');
  await button(page, 'Use a backup code instead').click();
  expect(await page.getByText(wrongCode).count()).toBe(0);
  await field(page, 'Backup code').fill(person.backupCodes[0]!);
  await button(page, 'Verify').click();
  await page.getByText('You have 9 backup codes left.').waitFor();
  await profileIsThere(page);

  const elsewhere = await stage.open(null, '/');
  await signInOn(elsewhere, person);
  await button(elsewhere, 'Use a backup code instead').click();
  await field(elsewhere, 'Backup code').fill(person.backupCodes[0]!);
  await button(elsewhere, 'Verify').click();
  await elsewhere.getByText(wrongCode).waitFor();
  await button(elsewhere, 'Use the authenticator app instead').click();
  await field(elsewhere, codeField).fill(await person.app.nextCode());
  await button(elsewhere, 'Verify').click();
  await profileIsThere(elsewhere);
});

test('five wrong codes lead back to the password, and so does a code that comes after five minutes (R-11)', async () => {
  const person = await newTwoFactorPerson(stage.postern);
  const page = await stage.open(null, '/');
  await signInOn(page, person);
  for (let number = 0; number < 5; number += 1) {
    await field(page, codeField).fill(await person.app.wrongCode());
    await Promise.all([page.waitForResponse(/graphql/), button(page, 'Verify').click()]);
  }
  await page.getByText('That took too long, or too many codes were wrong. Sign in again.').waitFor();

  const late = await newTwoFactorPerson(stage.postern);
  await signInOn(page, late);
  await field(page, codeField).waitFor();
  stage.postern.clock.advance({ minutes: 6 });
  await page.clock.setFixedTime(stage.postern.clock.read());
  await field(page, codeField).fill(await late.app.code());
  await button(page, 'Verify').click();
  await page.getByText('That took too long, or too many codes were wrong. Sign in again.').waitFor();
});

test('a network that fails counts as no wrong code, and the second step goes on when it is back', async () => {
  const person = await newTwoFactorPerson(stage.postern);
  const page = await stage.open(null, '/');
  await signInOn(page, person);
  await field(page, codeField).fill(await person.app.nextCode());
  await page.route('**/graphql', (route) => route.abort('connectionrefused'));
  for (let number = 0; number < 5; number += 1) {
    await Promise.all([page.waitForEvent('requestfailed'), button(page, 'Verify').click()]);
    await page.getByRole('alert').filter({ hasText: 'Postern cannot be reached' }).waitFor();
  }
  await page.unroute('**/graphql');
  expect(stage.faults.splice(0)).not.toEqual([]);
  await button(page, 'Verify').click();
  await profileIsThere(page);
});

test('the second step can be called off', async () => {
  const page = await stage.open(null, '/');
  await signInOn(page, await newTwoFactorPerson(stage.postern));
  await field(page, codeField).waitFor();
  await button(page, 'Cancel').click();
  await field(page, 'Username or email').waitFor();
});

test('an address from which too much was tried is told how long to wait, and the button waits as well (R-24)', async () => {
  const { username, password } = await newPerson(stage.postern);
  const limited = await stage.beside({ LIMITS: 'on' });
  for (let number = 0; number < 30; number += 1)
    await limited.client().send(Login, { input: { login: `nobody-${number}`, password: 'wrong' } });
  const page = await stage.open(null, '/');
  await page.goto(limited.url);
  await signInOn(page, { username, password });
  await page
    .getByRole('alert')
    .getByText(/Too many attempts\. You can try again in (?:\d+ s|\d+ min)\./)
    .waitFor();
  expect(await button(page, 'Sign in').isDisabled()).toBe(true);
  expect(await field(page, 'Password').inputValue()).toBe(password);
});

test('where sign-up is closed, no link leads there, and its view says so', async () => {
  const closed = await stage.beside({ REGISTRATION: 'closed' });
  const page = await stage.open(null, '/');
  await page.getByRole('link', { name: 'Sign up' }).waitFor();
  await page.goto(closed.url);
  await field(page, 'Password').waitFor();
  expect(await page.getByRole('link', { name: 'Sign up' }).count()).toBe(0);
  await page.goto(`${closed.url}/sign-up`);
  await page.getByText('Sign-up is closed here. Ask an administrator for an account.').waitFor();
  expect(await button(page, 'Sign up').count()).toBe(0);
});

test('sign-up shows everything that is wrong at once, each at its field, and goes on from what was typed', async () => {
  const page = await stage.open(null, '/sign-up');
  await fillIn(page, { Username: 'root', Password: 'password1', 'Confirm password': 'password2' });
  await button(page, 'Sign up').click();
  for (const refusal of [
    'This username is reserved.',
    'This password is on the lists that attackers try first. Choose another one.',
    'The two passwords are not the same.',
  ])
    await page.getByText(refusal).waitFor();
  expect(await field(page, 'Username').evaluate((input) => input === document.activeElement)).toBe(true);
  await fillIn(page, {
    Username: 'somebody-new',
    Password: 'Quiet-Harbour-71',
    'Confirm password': 'Quiet-Harbour-71',
  });
  await button(page, 'Sign up').click();
  await profileIsThere(page);
});
