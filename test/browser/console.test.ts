import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { sendRaw } from '../http/send-raw.js';
import { findFreePort } from '../support/free-port.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { cleanUp } from '../support/server-process.js';
import { newTwoFactorUser, type TwoFactorUser } from '../support/two-factor.js';
import { newUser } from '../support/users.js';
import { SHARED_DOMAIN, startBrowser, type TestBrowser } from './browser.js';
import { button, field, signOut, submitSignIn, waitForProfile } from './page-actions.js';
import { proxies, startConsole } from './proxies.js';

const accountHost = `account.${SHARED_DOMAIN}`;
const consoleHost = `console.${SHARED_DOMAIN}`;

describe.each(Object.entries(proxies))('with the console of examples/console behind %s', (_name, startProxy) => {
  let postern: TestPostern;
  let browser: TestBrowser;
  let context: BrowserContext;
  let page: Page;
  let account: string;
  let console: string;
  let proxyUrl: string;
  let user: TwoFactorUser;

  beforeAll(async () => {
    const ports = { proxy: await findFreePort(), postern: await findFreePort(), console: await findFreePort() };
    account = `http://${accountHost}:${ports.postern}`;
    console = `http://${consoleHost}:${ports.proxy}`;
    proxyUrl = `http://127.0.0.1:${ports.proxy}`;
    postern = await startPostern({
      PORT: String(ports.postern),
      PUBLIC_URL: account,
      COOKIE_DOMAIN: SHARED_DOMAIN,
      RETURN_ORIGINS: console,
      TRUSTED_PROXIES: '127.0.0.1',
      CORS_ORIGINS: 'http://localhost:4000',
    });
    await startConsole(ports.console, `${account}/profile`);
    await startProxy(consoleHost, ports);
    browser = await startBrowser();
    user = await newTwoFactorUser(postern);
  });
  afterEach(() => context.close());
  afterAll(async () => {
    await cleanUp();
    await browser.close();
    await postern.close();
  });

  const open = async (url: string) => {
    context = await browser.open();
    page = await context.newPage();
    await page.goto(url);
  };
  const atConsole = (path: string) => page.waitForURL(console + path);
  const atSignIn = () => page.waitForURL((url) => url.href.startsWith(`${account}/sign-in?`));
  const signInWithBoth = async () => {
    await submitSignIn(page, user);
    await field(page, '6-digit code from your authenticator app').fill(await user.app.nextCode());
    await button(page, 'Verify').click();
  };
  const confirm = async () => {
    await field(page, 'Password').fill(user.password);
    await field(page, '6-digit code from your authenticator app').fill(await user.app.nextCode());
    await button(page, 'Confirm').click();
  };
  const cookieOf = async (name: string) =>
    (await context.cookies(account)).find((cookie) => cookie.name === name)?.value ?? '';
  const ask = async (headers: Record<string, string>, path = '/headers') =>
    sendRaw(proxyUrl + path, 'GET', {
      host: new URL(console).host,
      accept: 'text/html',
      'x-forwarded-method': 'GET',
      ...headers,
    });

  test('signs in with two factors, comes back to the page, and is locked after signing out', async () => {
    await open(`${console}/reports/7?month=5&year=2026`);
    await atSignIn();
    await page.getByText(`To continue to ${new URL(console).host}`).waitFor();
    await signInWithBoth();
    await atConsole('/reports/7?month=5&year=2026');
    await page.getByText(`Signed in as ${user.username} (USER).`).waitFor();
    const gate = await cookieOf('postern_gate');
    expect((await ask({ cookie: `postern_gate=${gate}` })).status).toBe(200);

    await page.getByRole('link', { name: 'Account' }).click();
    await waitForProfile(page);
    await signOut(page);
    expect((await ask({ cookie: `postern_gate=${gate}` })).status).toBe(302);
    await page.goto(`${console}/reports/7`);
    await atSignIn();
    expect(new URL(page.url()).searchParams.get('return_to')).toBe(`${console}/reports/7`);
  });

  test('opens the console immediately for a user who is signed in', async () => {
    await open(`${account}/`);
    await signInWithBoth();
    await waitForProfile(page);
    await page.goto(`${account}/sign-in?return_to=${encodeURIComponent(`${console}/now`)}`);
    await atConsole('/now');
  });

  test('asks for confirmation when the console sends a signed-in user back, which replaces a lost cookie', async () => {
    await open(`${account}/`);
    await signInWithBoth();
    await waitForProfile(page);
    await context.clearCookies({ name: 'postern_gate' });
    await page.goto(`${console}/lost`);
    await page.getByRole('heading', { name: `Confirm it’s you to continue to ${new URL(console).host}` }).waitFor();
    await confirm();
    await atConsole('/lost');
  });

  test('asks for confirmation first when the address demands it, and keeps a user who cancels', async () => {
    await open(`${account}/`);
    await signInWithBoth();
    await waitForProfile(page);
    const address = `${account}/sign-in?return_to=${encodeURIComponent(`${console}/vault`)}&step_up=1`;
    await page.goto(address);
    await button(page, 'Cancel').click();
    await waitForProfile(page);
    await page.goto(address);
    await confirm();
    await atConsole('/vault');
  });

  test('returns after sign-up, and stays in the account for an address that is not allowed', async () => {
    await open(`${account}/sign-in?return_to=${encodeURIComponent(`${console}/new`)}`);
    await page.getByRole('link', { name: 'Sign up' }).click();
    for (const [name, value] of Object.entries({
      Username: `new${Date.now()}`,
      Password: user.password,
      'Confirm password': user.password,
    }))
      await field(page, name).fill(value);
    await button(page, 'Sign up').click();
    await atConsole('/new');
    await page.goto(`${account}/sign-in?return_to=${encodeURIComponent('http://evil.example.test/')}`);
    await waitForProfile(page);
  });

  test('passes on who the user is, and nothing that the client claims or Postern’s cookies', async () => {
    const { client, id, username } = await newUser(postern);
    const [gate, session] = ['postern_gate', 'postern_session'].map((name) => client.cookies.get(name)!);
    await open('about:blank');
    const answer = await ask({
      cookie: `postern_gate=${gate}; theme=dark; postern_trust=pst_x; __Host-postern_session=${session}`,
      'x-postern-user': 'user_evil',
      X_Postern_User: 'user_evil',
      'X-Postern_Role': 'ROOT',
      'x-postern-role': 'ROOT',
      'X_POSTERN-USERNAME': 'evil',
      'x-postern-token': 'evil',
      'x-postern-sign-in': 'evil',
    });
    expect(answer.status).toBe(200);
    const passed = JSON.parse(answer.text) as Record<string, string>;
    expect(Object.fromEntries(Object.entries(passed).filter(([name]) => /postern/i.test(name)))).toEqual({
      'x-postern-user': id,
      'x-postern-username': username,
      'x-postern-role': 'USER',
    });
    expect(JSON.stringify(passed)).not.toMatch(/evil|ROOT|postern_|ps[a-z]_/);
  });

  test('is locked without a session, whatever the client claims', async () => {
    await open('about:blank');
    for (const claim of ['x-postern-user', 'X_Postern_User', 'x-original-url', 'x-forwarded-user'])
      expect((await ask({ [claim]: 'user_evil' })).status).toBe(302);
    const { headers } = await ask({
      'x-original-url': 'http://evil.example.test/',
      'x-forwarded-host': 'evil.example.test',
    });
    expect(new URL(headers.location!).searchParams.get('return_to')).toBe(`${console}/headers`);
    // A client that opens no page gets 401 or, from nginx, where to sign in.
    expect([401, 302]).toContain((await ask({ accept: '*/*' })).status);
  });
});
