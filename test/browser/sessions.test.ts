import { expect, test } from '@jest/globals';
import { goodPassword, newPerson, signIn } from '../support/people.js';
import { newTwoFactorPerson } from '../support/two-factor.js';
import { setStage } from './stage.js';
import { button, field, fillIn, profileIsThere, signInOn, signOutOn } from './visitor.js';

const stage = setStage();

test('a sensitive change after the step-up window asks for the password, and then goes on by itself (R-61)', async () => {
  const person = await newPerson(stage.postern);
  stage.postern.clock.advance({ minutes: 11 });
  const page = await stage.open(person, '/profile');
  await profileIsThere(page);
  await button(page, 'Change username').click();
  await field(page.locator('#username'), 'Username').fill(`${person.username}-renamed`);
  await button(page, 'Save').click();
  const dialog = page.getByRole('dialog');
  await field(dialog, 'Password').fill('wrong');
  await button(dialog, 'Confirm').click();
  await dialog.getByText('The password is wrong.').waitFor();
  await field(dialog, 'Password').fill(goodPassword);
  await button(dialog, 'Confirm').click();
  await page.locator('#username strong', { hasText: `${person.username}-renamed` }).waitFor();
  expect(await dialog.count()).toBe(0);
});

test('where two-factor authentication is on, the step-up asks for a code as well (R-61)', async () => {
  const person = await newTwoFactorPerson(stage.postern);
  stage.postern.clock.advance({ minutes: 11 });
  const page = await stage.open(person, '/profile');
  await button(page, 'Create token').click();
  const dialog = page.getByRole('dialog');
  await fillIn(dialog, {
    Password: goodPassword,
    'Six-digit code from your authenticator app': await person.app.nextCode(),
  });
  await button(dialog, 'Confirm').click();
  await page.locator('#api-token .secret').waitFor();
});

test('a step-up that is called off changes nothing; one that is done in a tab holds in the others', async () => {
  const person = await newPerson(stage.postern);
  stage.postern.clock.advance({ minutes: 11 });
  const context = await stage.browserOf(person);
  const [first, second] = [await stage.tab(context, '/profile'), await stage.tab(context, '/profile')];
  await first.bringToFront();
  await button(first, 'Create token').click();
  await button(first.getByRole('dialog'), 'Cancel').click();
  await button(first, 'Create token').waitFor();
  await button(first, 'Create token').click();
  await field(first.getByRole('dialog'), 'Password').fill(goodPassword);
  await button(first.getByRole('dialog'), 'Confirm').click();
  await first.locator('#api-token .secret').waitFor();
  await second.bringToFront();
  await button(second, 'Change username').click();
  await field(second.locator('#username'), 'Username').fill(`${person.username}-renamed`);
  await button(second, 'Save').click();
  await second.locator('#username strong', { hasText: `${person.username}-renamed` }).waitFor();
});

test('one session is ended by its row, all others by one button, and both lists say so', async () => {
  const person = await newPerson(stage.postern);
  const [one, two, three] = [
    await signIn(stage.postern, person),
    await signIn(stage.postern, person),
    await signIn(stage.postern, person),
  ];
  const page = await stage.open(person, '/profile');
  const rows = page.locator('#sessions li');
  await rows.nth(3).waitFor();
  expect(await rows.first().innerText()).toContain('This device');
  await rows.nth(1).getByRole('button').click();
  await page.getByText('The session is over.').waitFor();
  await rows.nth(3).waitFor({ state: 'detached' });
  const isSignedIn = async () =>
    Promise.all([one, two, three].map(async (client) => (await client.send('{ me { id } }')).data['me'] !== null));
  expect((await isSignedIn()).filter(Boolean)).toHaveLength(2);
  await button(page, 'End all other sessions').click();
  await page.getByText('You are signed in nowhere else.').waitFor();
  expect(await isSignedIn()).toEqual([false, false, false]);
  await page.locator('#events').getByText('Session ended').first().waitFor();
});

test('a session that was ended from elsewhere says so at the next thing that is asked for, and a new sign-in leads back', async () => {
  const person = await newPerson(stage.postern);
  const other = await signIn(stage.postern, person);
  const page = await stage.open(person, '/profile');
  await profileIsThere(page);
  await other.send('mutation { revokeOtherSessions { revokedCount userErrors { code } } }');
  await button(page.locator('#api-token'), 'Create token').click();
  await page.getByText('Your session is over').waitFor();
  expect(page.url()).toBe(`${stage.url}/profile`);
  expect(await page.content()).not.toContain(person.username);
  await signInOn(page, person);
  await profileIsThere(page);
});

test('who signs out in one tab is signed out in the other, and the back button brings nothing back (R-60, R-89)', async () => {
  const person = await newPerson(stage.postern);
  const context = await stage.browserOf(person);
  const [first, second] = [await stage.tab(context, '/profile'), await stage.tab(context, '/profile')];
  await profileIsThere(first);
  await profileIsThere(second);
  await first.bringToFront();
  await first.getByRole('link', { name: 'Keys' }).click();
  await first.getByRole('heading', { name: 'No keys yet' }).waitFor();
  await signOutOn(first);
  expect(await first.getByText('Your session is over').count()).toBe(0);
  await second.getByText('Your session is over').waitFor();
  await first.goBack();
  await field(first, 'Password').waitFor();
  for (const page of [first, second]) expect(await page.content()).not.toContain(person.username);
});

test('a tab that had gone elsewhere comes back to nothing, where its session was ended meanwhile (R-60, R-89)', async () => {
  const person = await newPerson(stage.postern);
  const context = await stage.browserOf(person);
  const [first, second] = [await stage.tab(context, '/profile'), await stage.tab(context, '/profile')];
  await profileIsThere(first);
  expect((await first.reload())!.headers()['cache-control']).toBe('no-store');
  await profileIsThere(first);
  await first.goto('about:blank');
  await signOutOn(second);
  await first.goBack();
  await field(first, 'Password').waitFor();
  expect(await first.content()).not.toContain(person.username);
});
