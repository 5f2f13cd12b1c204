import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { newSetupToken } from '../features/sign-up/sign-up-as.js';
import { goodPassword, newPerson } from '../support/people.js';
import { readQrCode } from '../support/read-qr-code.js';
import { totpCode } from '../support/two-factor.js';
import { setStage } from './stage.js';
import { button, field, fillIn, profileIsThere, signInOn, signOutOn } from './visitor.js';

const stage = setStage();

/**
 * Everything that a browser keeps of a page: what scripts can store, the addresses it was at, and the cookies that
 * scripts see.
 */
const keptBy = (page: Page) =>
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

test('no secret of a whole journey is kept in the browser or the address while it is shown, nor in the page after signing out (R-89)', async () => {
  const setupToken = (await newSetupToken(stage.postern))!;
  const page = await stage.open(null, `/setup#${setupToken}`);
  const addresses: string[] = [];
  page.on('framenavigated', (frame) => addresses.push(frame.url()));
  const secrets = [setupToken, goodPassword];
  const expectKeptNowhere = async () => {
    const kept = await keptBy(page);
    for (const secret of secrets) expect(kept).not.toContain(secret);
  };
  await fillIn(page, { Username: 'keeper', Password: goodPassword, 'Confirm password': goodPassword });
  await expectKeptNowhere();
  await button(page, 'Create administrator').click();
  await profileIsThere(page);
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
  await expectKeptNowhere();
  await page.getByLabel('I have saved these codes').check();
  await button(dialog, 'Done').click();

  await page.getByRole('link', { name: 'Keys' }).click();
  await button(page, 'Create key').first().click();
  await page.getByLabel('Name').fill('Robot');
  await button(dialog, 'Create key').click();
  await page.getByRole('heading', { name: 'Your new key' }).waitFor();
  secrets.push((await dialog.locator('code').textContent())!);
  await expectKeptNowhere();
  await page.getByLabel('I have saved it somewhere safe').check();
  await button(page, 'Done').click();

  await signOutOn(page);
  await expectKeptNowhere();
  const shown = await page.content();
  for (const text of [...secrets, totpSecret.slice(0, 8), 'keeper', 'Robot']) expect(shown).not.toContain(text);
  for (const secret of secrets) expect(addresses.filter((address) => address.includes(secret))).toEqual([]);
  expect(
    await page.evaluate(() => Object.keys(localStorage).filter((key) => !/^postern\.(?:language|theme)$/.test(key))),
  ).toEqual([]);
});

test('every password is hidden until it is asked for, known to managers by its purpose, and can be pasted (R-89)', async () => {
  const person = await newPerson(stage.postern);
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
    const page = await stage.open(path === '/profile' ? person : null, path);
    await expectPasswords(page, purposes);
  }
  const page = await stage.open(person, '/profile');
  await button(page, 'Create token').click();
  await expectPasswords(page, { Password: 'current-password' }, 'dialog');
  expect(await page.locator('dialog input[autocomplete="username"]').inputValue()).toBe(person.username);
});

/**
 * Expects the password fields of a place to be these, by their labels and what managers are told of them, and pastes
 * into each.
 */
async function expectPasswords(page: Page, purposes: Record<string, string>, place = 'body'): Promise<void> {
  const inputs = page.locator(`${place} input[type="password"]`);
  await inputs.first().waitFor();
  expect(await inputs.evaluateAll((all) => all.map((input) => input.getAttribute('autocomplete')))).toEqual(
    Object.values(purposes),
  );
  await page.evaluate((text) => navigator.clipboard.writeText(text), 'Pasted-Harbour-72');
  for (const name of Object.keys(purposes)) {
    const input = field(page.locator(place), name);
    await input.focus();
    await page.keyboard.press('ControlOrMeta+V');
    expect(await input.inputValue()).toBe('Pasted-Harbour-72');
    await button(page.locator(place), `Show: ${name}`).click();
    expect(await input.getAttribute('type')).toBe('text');
    await button(page.locator(place), `Show: ${name}`).click();
    expect(await input.getAttribute('type')).toBe('password');
  }
}

test('codes are known to phones and managers as codes, and are pasted as apps and mails show them (R-89)', async () => {
  const page = await stage.open(await newPerson(stage.postern), '/profile');
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

test('a user agent that is markup is shown as text (R-89)', async () => {
  const hostile = 'Mozilla/5.0 <img src=x onerror=document.title="taken"> <script>document.title="taken"</script>';
  const page = await stage.open(await newPerson(stage.postern), '/sign-in', { userAgent: hostile });
  await profileIsThere(page);
  expect(await page.title()).toBe('Profile – Postern');
  expect(await page.locator('main img').count()).toBe(0);
});

test('who signs in after somebody else in the same tab sees nothing of them (R-60, R-89)', async () => {
  const [first, second] = [await newPerson(stage.postern), await newPerson(stage.postern)];
  const page = await stage.open(first, '/profile');
  await profileIsThere(page);
  await button(page, 'Create token').click();
  const token = (await page.locator('#api-token .secret code').textContent())!;
  await signOutOn(page);
  await signInOn(page, second);
  await profileIsThere(page);
  for (const text of [first.username, token]) expect(await page.content()).not.toContain(text);
});
