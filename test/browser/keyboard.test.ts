import { expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { goodPassword, newUser } from '../support/users.js';
import { readQrCode } from '../support/read-qr-code.js';
import { totpCode } from '../support/two-factor.js';
import { setStage } from './stage.js';
import { button, field, waitForProfile } from './page-actions.js';

const stage = setStage();

/** How many times Tab may be pressed to reach an element. */
const MAX_PRESSES = 60;

/** Presses Tab until an element has the focus, and expects a visible focus ring. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let press = 0; press < MAX_PRESSES; press += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      expect(await target.evaluate((element) => getComputedStyle(element).outlineStyle)).not.toBe('none');
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${target.toString()}`);
}

test('works with the keyboard alone, from sign-in to sign-out', async () => {
  const { username } = await newUser(stage.postern);
  const page = await stage.open(null, '/');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.keyboard.type(username);
  await page.keyboard.press('Tab');
  await page.keyboard.type(goodPassword);
  await page.keyboard.press('Enter');
  await waitForProfile(page);

  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to main content');
  const avatar = button(page, /^Account menu/);
  await tabTo(page, avatar);
  await page.keyboard.press('Enter');
  const keys = page.locator('.menu').getByRole('link', { name: 'Keys', exact: true });
  await tabTo(page, keys);
  await page.keyboard.press('Escape');
  await keys.waitFor({ state: 'hidden' });
  expect(await avatar.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await tabTo(page, page.locator('.menu').getByRole('link', { name: 'Profile' }));
  await page.keyboard.press('Enter');
  await keys.waitFor({ state: 'hidden' });

  await tabTo(page, button(page, 'Change username'));
  await page.keyboard.press('Enter');
  await tabTo(page, field(page.locator('#username'), 'Username'));
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(`${username}-renamed`);
  await page.keyboard.press('Enter');
  await page.locator('#username strong', { hasText: `${username}-renamed` }).waitFor();

  const enable = button(page.locator('#two-factor'), 'Enable 2FA');
  await tabTo(page, enable);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await enable.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await dialog.waitFor();
  const uri = readQrCode((await dialog.getByRole('img').getAttribute('src'))!)!;
  expect(await field(dialog, 'Verification code').evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.type(await totpCode(new URL(uri).searchParams.get('secret')!, stage.postern.clock.read()));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Your backup codes' }).waitFor();
  await tabTo(page, dialog.getByRole('checkbox'));
  await page.keyboard.press('Space');
  await tabTo(page, button(dialog, 'Done'));
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await page.locator('#two-factor').getByText('10 backup codes left.').waitFor();
  expect(await page.evaluate(() => document.activeElement?.closest('section')?.id)).toBe('two-factor');

  await tabTo(page, avatar);
  await page.keyboard.press('Enter');
  await tabTo(page, button(page, 'Sign out'));
  await page.keyboard.press('Enter');
  await field(page, 'Username or email').waitFor();
});

test('opens a new view at the top, and restores the scroll position when going back', async () => {
  const page = await stage.open(await newUser(stage.postern), '/profile', {
    viewport: { width: 1_280, height: 400 },
  });
  await waitForProfile(page);
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await page.locator('.bar').getByRole('link', { name: 'Logs' }).click();
  await page.getByText('No calls in this period.').waitFor();
  expect(await page.evaluate(() => window.scrollY)).toBe(0);
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
  await page.goBack();
  await page.locator('#events li').first().waitFor();
  await page.waitForFunction(() => window.scrollY > 0);
});
