import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { newUserOfRole } from '../features/administration/administrators.js';
import { newCallKey } from '../features/usage/gateway.js';
import { newUser } from '../support/users.js';
import { OTHER_HOST } from './browser.js';
import { expectAccessible, expectToFit } from './page-checks.js';
import { setStage } from './stage.js';
import { button, field, fillIn, signOut, submitSignIn, waitForProfile } from './page-actions.js';

const stage = setStage();
const goodPassword = 'Louder-Lantern-88';

/** Answers a path that the server doesn't know with the web app. */
async function serveAppAt(page: Page, path: string): Promise<void> {
  const html = await (await fetch(stage.url)).text();
  await page.route(`**${path}`, (route) => route.fulfill({ contentType: 'text/html', body: html }));
}

test.each(['#sessions', '#two-factor', '#events'])(
  'scrolls to the section of a link and focuses its title: %s',
  async (fragment) => {
    const page = await stage.open(await newUser(stage.postern), `/profile${fragment}`, {
      viewport: { width: 1_280, height: 400 },
    });
    await waitForProfile(page);
    await page.waitForFunction((id) => {
      const { top, bottom } = document.querySelector(id)!.getBoundingClientRect();
      return window.scrollY > 0 && top >= 0 && (top < 150 || bottom <= window.innerHeight);
    }, fragment);
    expect(await page.locator(`${fragment} h3`).evaluate((title) => title === document.activeElement)).toBe(true);
  },
);

test.each([
  ['en-GB', 'Page not found', 'Sign in', 'Go to Profile'],
  ['zh-CN', '页面不存在', '登录', '前往个人中心'],
])('shows a view for an unknown path, signed out and signed in: %s', async (locale, title, signIn, toProfile) => {
  const user = await newUser(stage.postern);
  if (locale === 'zh-CN')
    await user.client.send('mutation { setLocale(input: { locale: ZH }) { userErrors { code } } }');
  for (const [viewer, link] of [
    [null, signIn],
    [user, toProfile],
  ] as const) {
    const page = await (await stage.browserOf(viewer, { locale })).newPage();
    await serveAppAt(page, '/nowhere');
    await page.goto(`${stage.url}/nowhere`);
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    expect(await page.title()).toBe(`${title} – Postern`);
    await expectAccessible(page);
    await expectToFit(page);
    await page.getByRole('link', { name: link, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: title }).waitFor({ state: 'detached' });
  }
});

test('says that the server is already set up, and leads to sign-in', async () => {
  await newUserOfRole(stage.postern, 'ROOT');
  const page = await stage.open(null, `/setup#psu_${'a'.repeat(49)}`);
  await fillIn(page, { Username: 'latecomer', Password: goodPassword, 'Confirm password': goodPassword });
  await button(page, 'Create administrator').click();
  await page.getByText('This server is already set up. Sign in instead.').waitFor();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await field(page, 'Username or email').waitFor();
});

test.each([
  ['/setup', 'psu', 'Create administrator', 'setupToken'],
  ['/reset-password', 'psr', 'Set new password', 'token'],
  ['/revert-email-change', 'pse', 'Undo the change', 'token'],
  ['/restore-account', 'psl', 'Restore account', 'token'],
])(
  'uses the newest link opened in a tab, and removes each from the address: %s',
  async (path, prefix, submit, name) => {
    const page = await stage.open(null, `${path}#${prefix}_${'a'.repeat(49)}`);
    await button(page, submit).waitFor();
    await page.waitForFunction(() => location.hash === '');
    const newer = `${prefix}_${'b'.repeat(49)}`;
    await page.goto(`${stage.url}${path}#${newer}.`);
    await page.waitForFunction(() => location.hash === '');
    for (const input of await page.locator('input[name]').all()) await input.fill(goodPassword);
    const [request] = await Promise.all([
      page.waitForRequest((one) => one.postData()?.includes('mutation') === true),
      button(page, submit).click(),
    ]);
    expect((request.postDataJSON() as { variables: { input: object } }).variables.input).toMatchObject({
      [name]: newer,
    });
    expect(page.url()).toBe(stage.url + path);
  },
);

test('selects a text that the browser does not copy, and says so', async () => {
  const user = await newUser(stage.postern);
  const context = await stage.browserOf(user);
  // As on plain HTTP.
  await context.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  const page = await stage.tab(context, '/profile');
  await button(page, 'Create token').click();
  const secret = page.locator('#api-token .secret');
  await button(secret, 'Copy').click();
  await secret.getByText('This browser can’t copy here.').waitFor();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(await secret.locator('code').innerText());
  await expectAccessible(page);
  await expectToFit(page);
});

test('names the password toggle by what it does, and the current view of each navigation', async () => {
  const root = await newUserOfRole(stage.postern, 'ROOT');
  await newCallKey(stage.postern, root);
  const page = await stage.open(root, '/profile');
  await button(page, 'Show: New password').click();
  await button(page, 'Hide: New password').click();
  await button(page, 'Show: New password').waitFor();
  const current = () =>
    page.locator('nav [aria-current="page"]').evaluateAll((links) => links.map(({ textContent }) => textContent));
  for (const [path, names] of [
    ['/profile', ['Profile']],
    ['/keys', ['Keys']],
    ['/logs', ['Logs']],
    ['/administration', ['Administration', 'Users']],
    ['/administration/events', ['Security events']],
    ['/administration/webhooks', ['Webhooks']],
  ] as const) {
    await page.goto(stage.url + path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await current()).toEqual(names);
  }
});

test('explains to administrators that “Stay signed in” does not apply to them', async () => {
  const page = await stage.open(null, '/sign-in');
  const described = await page
    .getByRole('checkbox')
    .evaluate((box) => document.getElementById(box.getAttribute('aria-describedby')!)?.textContent);
  expect(described).toBe('Administrators are always signed out sooner.');
});

test('recommends no email address when mail is off', async () => {
  const user = await newUser(stage.postern);
  const findings = async (url: string) => {
    const page = await stage.open(null, '/');
    await page.goto(url);
    await submitSignIn(page, user);
    await waitForProfile(page);
    return page.getByRole('region', { name: 'Security checkup' }).getByRole('button').allInnerTexts();
  };
  expect(await findings(stage.url)).toEqual(['Enable 2FA', 'Bind Email', 'Add a passkey']);
  expect(await findings((await stage.beside({ MAIL: 'off' })).url)).toEqual(['Enable 2FA', 'Add a passkey']);
});

test.each([
  ['/sign-in', 'Username or email'],
  ['/sign-up', 'Username'],
  ['/recover', 'Email'],
  [`/setup#psu_${'a'.repeat(49)}`, 'Username'],
  ['/setup', 'Setup token'],
  [`/reset-password#psr_${'a'.repeat(49)}`, 'New password'],
])('focuses the first field of a form: %s', async (path, name) => {
  const page = await stage.open(null, path);
  await field(page, name).waitFor();
  expect(await field(page, name).evaluate((input) => input === document.activeElement)).toBe(true);
});

test('shows no message of the session after sign-out', async () => {
  const page = await stage.open(await newUser(stage.postern), '/profile');
  await waitForProfile(page);
  await button(page, 'Change username').click();
  await field(page.locator('#username'), 'Username').fill('a-new-name');
  await page.keyboard.press('Enter');
  await page.locator('.announcement').getByText('Username changed.').waitFor();
  await signOut(page);
  expect(await page.locator('.announcement').innerText()).toBe('');
});

test.each([
  ['en-GB', 'This server can’t be used at the address in your browser.'],
  ['zh-CN', '此服务器不能通过当前地址使用'],
])('names the right address when the web app is opened at another one: %s', async (locale, text) => {
  const page = await stage.open(null, '/sign-in', { locale });
  await page.goto(`http://${OTHER_HOST}:${new URL(stage.url).port}/sign-in`);
  const alert = page.getByRole('alert').filter({ hasText: text });
  expect(await alert.getByRole('link').getAttribute('href')).toBe(stage.url);
  await alert.getByRole('link').click();
  await page.waitForURL(`${stage.url}/**`);
  stage.faults.length = 0;
});
