import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { goodPassword, newPerson, signIn } from '../support/people.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { newTwoFactorPerson } from '../support/two-factor.js';
import { startBrowser, type TestBrowser } from './browser.js';
import { browserOf, button, field, fillIn, profileIsThere, visit } from './visitor.js';

let postern: TestPostern;
let browser: TestBrowser;
beforeAll(async () => {
  postern = await startPostern();
  browser = await startBrowser();
});
afterEach(() => expect(browser.faults.splice(0)).toEqual([]));
afterAll(async () => {
  await browser.close();
  await postern.close();
});

const signOut = async (page: Awaited<ReturnType<typeof visit>>) => {
  await button(page, /^Account menu/).click();
  await button(page, 'Sign out').click();
};

test('a wrong password is refused, and what was typed stays', async () => {
  const { username } = await newPerson(postern);
  const context = await browser.open();
  const page = await visit(context, postern, '/');
  await fillIn(page, { 'Username or email': username, 'Password': 'not-the-password' });
  await button(page, 'Sign in').click();
  expect(await page.getByRole('alert').textContent()).toContain('is wrong');
  expect(await field(page, 'Username or email').inputValue()).toBe(username);
  await context.close();
});

test('a sensitive change after the step-up window asks for the password, and then goes on by itself', async () => {
  const person = await newPerson(postern);
  postern.clock.advance({ minutes: 11 });
  const context = await browserOf(browser, postern, person);
  const page = await visit(context, postern, '/profile');
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
  await context.close();
});

test('where two-factor authentication is on, the step-up asks for a code as well', async () => {
  const person = await newTwoFactorPerson(postern);
  postern.clock.advance({ minutes: 11 });
  const context = await browserOf(browser, postern, person);
  const page = await visit(context, postern, '/profile');
  await button(page, 'Create token').click();
  const dialog = page.getByRole('dialog');
  await fillIn(dialog, { 'Password': goodPassword, 'Six-digit code from your authenticator app': await person.app.nextCode() });
  await button(dialog, 'Confirm').click();
  await page.locator('#api-token .secret').waitFor();
  await context.close();
});

test('a session that was ended from elsewhere says so at the next thing that is asked for, and a new sign-in leads back', async () => {
  const person = await newPerson(postern);
  const other = await signIn(postern, person);
  const context = await browserOf(browser, postern, person);
  const page = await visit(context, postern, '/profile');
  await profileIsThere(page);
  await other.send('mutation { revokeOtherSessions { revokedCount userErrors { code } } }');
  await button(page.locator('#api-token'), 'Create token').click();
  await page.getByText('Your session is over').waitFor();
  expect(page.url()).toBe(`${postern.url}/profile`);
  await fillIn(page, { 'Username or email': person.username, 'Password': goodPassword });
  await button(page, 'Sign in').click();
  await profileIsThere(page);
  await context.close();
});

test('who signs out in one tab is signed out in the other, and the back button brings nothing back (R-60, R-89)', async () => {
  const person = await newPerson(postern);
  const context = await browserOf(browser, postern, person);
  const first = await visit(context, postern, '/profile');
  const second = await visit(context, postern, '/profile');
  await profileIsThere(first);
  await profileIsThere(second);
  await signOut(first);
  await field(first, 'Username or email').waitFor();
  await second.getByText('Your session is over').waitFor();
  await first.goBack().catch(() => null);
  for (const page of [first, second]) expect(await page.locator('body').textContent()).not.toContain(person.username);
  await context.close();
});

test('no secret is kept in the browser, in the address, or in the page after signing out (R-89)', async () => {
  const person = await newPerson(postern);
  const context = await browserOf(browser, postern, person);
  const page = await visit(context, postern, '/profile');
  await button(page, 'Create token').click();
  const token = (await page.locator('#api-token .secret code').textContent())!;
  await button(page.locator('#two-factor'), 'Enable 2FA').click();
  await page.getByText('Cannot scan it?').click();
  const secret = (await page.locator('dialog code').textContent())!.replaceAll(' ', '');
  await page.keyboard.press('Escape');
  const kept = () => page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, history.state, document.cookie]));
  for (const text of [token, secret, person.client.cookies.get('postern_session')!]) expect(await kept()).not.toContain(text);
  await signOut(page);
  await field(page, 'Username or email').waitFor();
  for (const text of [token, secret, person.username]) expect(await page.content()).not.toContain(text);
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => !/^postern\.(?:language|theme)$/.test(key)))).toEqual([]);
  await context.close();
});

test('without a network the page says so, loses nothing that was typed, and goes on when it is back', async () => {
  const person = await newPerson(postern);
  const context = await browserOf(browser, postern, person);
  const page = await visit(context, postern, '/profile');
  await profileIsThere(page);
  await context.setOffline(true);
  await field(page.locator('#email'), 'Email').fill('later@mail.example');
  await button(page, 'Send Verification Code').click();
  await page.locator('#email').getByText('Postern cannot be reached').waitFor();
  expect(await field(page.locator('#email'), 'Email').inputValue()).toBe('later@mail.example');
  await context.setOffline(false);
  expect(browser.faults.splice(0)).not.toEqual([]);
  await button(page, 'Send Verification Code').click();
  await field(page.locator('#email'), 'Verification code').waitFor();
  await context.close();
});

test('what a limit refuses tells how long to wait, and its button waits as well', async () => {
  const person = await newPerson(postern);
  const context = await browserOf(browser, postern, person);
  const page = await visit(context, postern, '/profile');
  await profileIsThere(page);
  await person.client.send('mutation { sendVerificationCode(input: { email: "one@mail.example" }) { userErrors { code } } }');
  await field(page.locator('#email'), 'Email').fill('two@mail.example');
  await button(page, 'Send Verification Code').click();
  await page.getByText(/You can try again in (?:\d+ s|1 min)\./).waitFor();
  expect(await button(page, 'Send Verification Code').isDisabled()).toBe(true);
  await context.close();
});

test('a user agent that is markup is shown as text (R-89)', async () => {
  const hostile = 'Mozilla/5.0 <img src=x onerror=document.title="taken"> <script>document.title="taken"</script>';
  const person = await newPerson(postern);
  const context = await browserOf(browser, postern, person, { userAgent: hostile });
  const page = await visit(context, postern, '/sign-in');
  await profileIsThere(page);
  expect(await page.title()).toBe('Profile – Postern');
  expect(await page.locator('main img').count()).toBe(0);
  await context.close();
});
