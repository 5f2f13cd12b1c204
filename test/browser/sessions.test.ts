import { expect, test } from '@jest/globals';
import { goodPassword, newUser, signIn } from '../support/users.js';
import { newTwoFactorUser } from '../support/two-factor.js';
import { setStage } from './stage.js';
import { button, field, fillIn, waitForProfile, submitSignIn, signOut } from './page-actions.js';

const stage = setStage();

test('asks for the password when step-up has expired, then completes the change (R-61)', async () => {
  const user = await newUser(stage.postern);
  stage.postern.clock.advance({ minutes: 11 });
  const page = await stage.open(user, '/profile');
  await waitForProfile(page);
  await button(page, 'Change username').click();
  await field(page.locator('#username'), 'Username').fill(`${user.username}-renamed`);
  await button(page, 'Save').click();
  const dialog = page.getByRole('dialog');
  await field(dialog, 'Password').fill('wrong');
  await button(dialog, 'Confirm').click();
  await dialog.getByText('Incorrect password.').waitFor();
  await field(dialog, 'Password').fill(goodPassword);
  await button(dialog, 'Confirm').click();
  await page.locator('#username strong', { hasText: `${user.username}-renamed` }).waitFor();
  expect(await dialog.count()).toBe(0);
});

test('also asks for a code at step-up when two-factor authentication is on (R-61)', async () => {
  const user = await newTwoFactorUser(stage.postern);
  stage.postern.clock.advance({ minutes: 11 });
  const page = await stage.open(user, '/profile');
  await button(page, 'Create token').click();
  const dialog = page.getByRole('dialog');
  await fillIn(dialog, {
    Password: goodPassword,
    '6-digit code from your authenticator app': await user.app.nextCode(),
  });
  await button(dialog, 'Confirm').click();
  await page.locator('#api-token .secret').waitFor();
});

test('changes nothing when step-up is canceled, and applies a completed step-up to all tabs', async () => {
  const user = await newUser(stage.postern);
  stage.postern.clock.advance({ minutes: 11 });
  const context = await stage.browserOf(user);
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
  await field(second.locator('#username'), 'Username').fill(`${user.username}-renamed`);
  await button(second, 'Save').click();
  await second.locator('#username strong', { hasText: `${user.username}-renamed` }).waitFor();
});

test('signs out one device, then all others', async () => {
  const user = await newUser(stage.postern);
  const [one, two, three] = [
    await signIn(stage.postern, user),
    await signIn(stage.postern, user),
    await signIn(stage.postern, user),
  ];
  const page = await stage.open(user, '/profile');
  const rows = page.locator('#sessions li');
  await rows.nth(3).waitFor();
  expect(await rows.first().innerText()).toContain('This device');
  await rows.nth(1).getByRole('button').click();
  await page.getByText('Device signed out.').waitFor();
  await rows.nth(3).waitFor({ state: 'detached' });
  const isSignedIn = async () =>
    Promise.all([one, two, three].map(async (client) => (await client.send('{ me { id } }')).data['me'] !== null));
  expect((await isSignedIn()).filter(Boolean)).toHaveLength(2);
  await button(page, 'Sign out all other devices').click();
  await page.getByText('You aren’t signed in anywhere else.').waitFor();
  expect(await isSignedIn()).toEqual([false, false, false]);
  await page.locator('#events').getByText('Device signed out').first().waitFor();
});

test('explains that the session has ended, and returns to the view after sign-in', async () => {
  const user = await newUser(stage.postern);
  const other = await signIn(stage.postern, user);
  const page = await stage.open(user, '/profile');
  await waitForProfile(page);
  await other.send('mutation { revokeOtherSessions { revokedCount userErrors { code } } }');
  await button(page.locator('#api-token'), 'Create token').click();
  await page.getByText('Your session has ended').waitFor();
  expect(page.url()).toBe(`${stage.url}/profile`);
  expect(await page.content()).not.toContain(user.username);
  await submitSignIn(page, user);
  await waitForProfile(page);
});

test('signs out every tab, and shows no data when going back (R-60, R-89)', async () => {
  const user = await newUser(stage.postern);
  const context = await stage.browserOf(user);
  const [first, second] = [await stage.tab(context, '/profile'), await stage.tab(context, '/profile')];
  await waitForProfile(first);
  await waitForProfile(second);
  await first.bringToFront();
  await first.getByRole('link', { name: 'Keys', exact: true }).click();
  await first.getByRole('heading', { name: 'No keys yet' }).waitFor();
  await signOut(first);
  expect(await first.getByText('Your session has ended').count()).toBe(0);
  await second.getByText('Your session has ended').waitFor();
  await first.goBack();
  await field(first, 'Password').waitFor();
  for (const page of [first, second]) expect(await page.content()).not.toContain(user.username);
});

test('shows no data when the user returns to the site after the session ended (R-60, R-89)', async () => {
  const user = await newUser(stage.postern);
  const context = await stage.browserOf(user);
  const [first, second] = [await stage.tab(context, '/profile'), await stage.tab(context, '/profile')];
  await waitForProfile(first);
  expect((await first.reload())!.headers()['cache-control']).toBe('no-store');
  await waitForProfile(first);
  await first.goto('about:blank');
  await signOut(second);
  await first.goBack();
  await field(first, 'Password').waitFor();
  expect(await first.content()).not.toContain(user.username);
});
