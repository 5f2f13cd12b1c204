import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { newSetupToken } from '../features/sign-up/sign-up-as.js';
import { goodPassword, newUser } from '../support/users.js';
import { readQrCode } from '../support/read-qr-code.js';
import { totpCode } from '../support/two-factor.js';
import { setStage } from './stage.js';
import { button, field, fillIn, waitForProfile, submitSignIn, signOut } from './page-actions.js';

const stage = setStage();

/** Everything that a browser stores for a page: storage, URL, history and the cookies that scripts can read. */
const storedBy = (page: Page) =>
  page.evaluate(async () =>
    JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      await indexedDB.databases(),
      await caches.keys(),
      location.href,
      history.state,
      document.cookie,
      window.name,
      document.title,
    ]),
  );

test('leaves no secret in browser storage, in the URL or on the page after sign-out (R-89)', async () => {
  const setupToken = (await newSetupToken(stage.postern))!;
  const page = await stage.open(null, `/setup#${setupToken}`);
  const addresses: string[] = [];
  page.on('framenavigated', (frame) => addresses.push(frame.url()));
  const secrets = [setupToken, goodPassword];
  const expectStoredNowhere = async () => {
    const stored = await storedBy(page);
    for (const secret of secrets) expect(stored).not.toContain(secret);
  };
  await fillIn(page, { Username: 'keeper', Password: goodPassword, 'Confirm password': goodPassword });
  await expectStoredNowhere();
  await button(page, 'Create administrator').click();
  await waitForProfile(page);
  secrets.push((await page.context().cookies()).find(({ name }) => name.includes('session'))!.value);

  await button(page, 'Create token').click();
  secrets.push((await page.locator('#api-token .secret code').textContent())!);
  await button(page.locator('#two-factor'), 'Enable 2FA').click();
  const dialog = page.getByRole('dialog');
  const totpSecret = new URL(readQrCode((await dialog.getByRole('img').getAttribute('src'))!)!).searchParams.get(
    'secret',
  )!;
  secrets.push(totpSecret);
  await field(dialog, 'Verification code').fill(await totpCode(totpSecret, stage.postern.clock.read()));
  await button(dialog, 'Confirm Enable').click();
  await page.getByRole('heading', { name: 'Your backup codes' }).waitFor();
  secrets.push(...(await dialog.locator('li code').allTextContents()));
  await expectStoredNowhere();
  await page.getByLabel('I’ve saved these codes').check();
  await button(dialog, 'Done').click();

  await button(page, 'Create access token').click();
  await field(dialog, 'Name').fill('Robot');
  await dialog.getByLabel('Read account').check();
  await button(dialog, 'Create access token').click();
  await page.getByRole('heading', { name: 'Your new access token' }).waitFor();
  secrets.push((await dialog.locator('code').first().textContent())!);
  await expectStoredNowhere();
  await page.getByLabel('I’ve saved it in a safe place').check();
  await button(page, 'Done').click();

  await page.getByRole('link', { name: 'Keys', exact: true }).click();
  await button(page, 'Create key').first().click();
  await page.getByLabel('Name').fill('Robot');
  await button(dialog, 'Create key').click();
  await page.getByRole('heading', { name: 'Your new key' }).waitFor();
  secrets.push((await dialog.locator('code').textContent())!);
  await expectStoredNowhere();
  await page.getByLabel('I’ve saved it in a safe place').check();
  await button(page, 'Done').click();

  await signOut(page);
  await expectStoredNowhere();
  const shown = await page.content();
  for (const text of [...secrets, totpSecret.slice(0, 8), 'keeper', 'Robot']) expect(shown).not.toContain(text);
  for (const secret of secrets) expect(addresses.filter((address) => address.includes(secret))).toEqual([]);
  expect(
    await page.evaluate(() => Object.keys(localStorage).filter((key) => !/^postern\.(?:language|theme)$/.test(key))),
  ).toEqual([]);
});

test('hides passwords, allows pasting, and marks each field for password managers (R-89)', async () => {
  const user = await newUser(stage.postern);
  stage.postern.clock.advance({ minutes: 11 });
  const views: readonly [path: string, purposes: Record<string, string>][] = [
    ['/', { Password: 'current-password' }],
    ['/sign-up', { Password: 'new-password', 'Confirm password': 'new-password' }],
    ['/setup', { Password: 'new-password', 'Confirm password': 'new-password' }],
    [
      `/reset-password#psr_${'a'.repeat(49)}`,
      { 'New password': 'new-password', 'Confirm new password': 'new-password' },
    ],
    [
      '/profile',
      {
        'Current password': 'current-password',
        'New password': 'new-password',
        'Confirm new password': 'new-password',
      },
    ],
  ];
  for (const [path, purposes] of views) {
    const page = await stage.open(path === '/profile' ? user : null, path);
    await expectPasswords(page, purposes);
  }
  const page = await stage.open(user, '/profile');
  await button(page, 'Create token').click();
  await expectPasswords(page, { Password: 'current-password' }, 'dialog');
  expect(await page.locator('dialog input[autocomplete="username"]').inputValue()).toBe(user.username);
});

/** Expects these password fields, by label and `autocomplete`, and pastes into each. */
async function expectPasswords(page: Page, purposes: Record<string, string>, selector = 'body'): Promise<void> {
  const inputs = page.locator(`${selector} input[type="password"]`);
  await inputs.first().waitFor();
  expect(await inputs.evaluateAll((all) => all.map((input) => input.getAttribute('autocomplete')))).toEqual(
    Object.values(purposes),
  );
  await page.evaluate((text) => navigator.clipboard.writeText(text), 'Pasted-Harbour-72');
  for (const name of Object.keys(purposes)) {
    const input = field(page.locator(selector), name);
    await input.focus();
    await page.keyboard.press('ControlOrMeta+V');
    expect(await input.inputValue()).toBe('Pasted-Harbour-72');
    await button(page.locator(selector), `Show: ${name}`).click();
    expect(await input.getAttribute('type')).toBe('text');
    await button(page.locator(selector), `Hide: ${name}`).click();
    expect(await input.getAttribute('type')).toBe('password');
  }
}

test('lets browsers fill in codes, and accepts pasted codes with spaces (R-89)', async () => {
  const page = await stage.open(await newUser(stage.postern), '/profile');
  await button(page.locator('#two-factor'), 'Enable 2FA').click();
  const code = field(page.getByRole('dialog'), 'Verification code');
  expect(
    await code.evaluate(({ attributes }) => [
      attributes.getNamedItem('autocomplete')?.value,
      attributes.getNamedItem('inputmode')?.value,
    ]),
  ).toEqual(['one-time-code', 'numeric']);
  await page.evaluate(() => navigator.clipboard.writeText(' 123 456\n'));
  await code.focus();
  await page.keyboard.press('ControlOrMeta+V');
  expect(await code.inputValue()).toBe('123456');
});

test('shows markup in a user agent as text (R-89)', async () => {
  const hostile = 'Mozilla/5.0 <img src=x onerror=document.title="taken"> <script>document.title="taken"</script>';
  const page = await stage.open(await newUser(stage.postern), '/sign-in', { userAgent: hostile });
  await waitForProfile(page);
  expect(await page.title()).toBe('Profile – Postern');
  expect(await page.locator('main img').count()).toBe(0);
});

test('shows no data of the previous user when another user signs in on the same tab (R-60, R-89)', async () => {
  const [first, second] = [await newUser(stage.postern), await newUser(stage.postern)];
  const page = await stage.open(first, '/profile');
  await waitForProfile(page);
  await button(page, 'Create token').click();
  const token = (await page.locator('#api-token .secret code').textContent())!;
  await signOut(page);
  await submitSignIn(page, second);
  await waitForProfile(page);
  for (const text of [first.username, token]) expect(await page.content()).not.toContain(text);
});
