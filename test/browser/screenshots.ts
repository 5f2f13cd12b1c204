import { afterAll, beforeAll, test } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { MailServer } from '../support/mail-server.js';
import { bindAddress, goodPassword, newPerson, type Person } from '../support/people.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { startBrowser, type TestBrowser } from './browser.js';
import { browserOf, button, field, fillIn, profileIsThere, visit } from './visitor.js';

/** The three that the README shows, by the names of the others. */
const shownInReadme = new Set(['sign-in', 'profile', 'profile-enable-2fa']);

let mail: MailServer;
let postern: TestPostern;
let browser: TestBrowser;
let person: Person;
beforeAll(async () => {
  mail = await MailServer.start();
  postern = await startPostern({ SMTP_URL: mail.url });
  browser = await startBrowser();
  person = await newPerson(postern);
  await bindAddress(postern, mail, person, 'mara@mail.example');
});
afterAll(async () => {
  await browser.close();
  await postern.close();
  await mail.close();
});

/** Takes a picture; those in light and English that the README shows are kept in docs as well. */
async function take(page: Page, name: string, look: Look): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `screenshots/${name}-${look.name}.png`, fullPage: name === 'profile' });
  if (look.name === 'light' && shownInReadme.has(name)) await page.screenshot({ path: `docs/screenshots/${name}.jpg`, type: 'jpeg', quality: 80 });
}

interface Look { readonly name: string; readonly options: BrowserContextOptions }

const looks: readonly Look[] = [
  { name: 'light', options: {} },
  { name: 'dark', options: { colorScheme: 'dark' } },
  { name: 'chinese', options: { locale: 'zh-CN' } },
  { name: 'phone', options: { viewport: { width: 360, height: 740 } } },
];

test.each(looks)('every view in $name', async (look) => {
  const stranger = await browser.open({ viewport: { width: 1_280, height: 800 }, ...look.options });
  for (const [name, path] of Object.entries({ 'sign-in': '/', 'sign-up': '/sign-up', 'recovery': '/recover', 'set-up': '/setup', 'reset-password': `/reset-password#psr_${'x'.repeat(49)}`, 'revert-email-change': `/revert-email-change#pse_${'x'.repeat(49)}` })) {
    const page = await visit(stranger, postern, path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await take(page, name, look);
    await page.close();
  }
  await stranger.close();
  const context = await browserOf(browser, postern, person, { viewport: { width: 1_280, height: 800 }, ...look.options });
  // Who is signed in reads the page in the language of the account, unless this browser chose another one.
  if (look.name === 'chinese') await context.addInitScript(() => localStorage.setItem('postern.language', 'ZH'));
  const page = await visit(context, postern, '/profile');
  await page.locator('#events li').first().waitFor();
  await take(page, 'profile', look);
  await page.locator('.avatar').click();
  await take(page, 'menu', look);
  await page.keyboard.press('Escape');
  await page.locator('#two-factor .button.main').click();
  await page.getByRole('dialog').getByRole('img').waitFor();
  await take(page, 'profile-enable-2fa', look);
  await context.close();
});

test('the step-up dialog, and a password that is refused', async () => {
  const someone = await newPerson(postern);
  postern.clock.advance({ minutes: 11 });
  const context = await browserOf(browser, postern, someone);
  const page = await visit(context, postern, '/profile');
  await profileIsThere(page);
  await button(page.locator('#api-token'), 'Create token').click();
  await field(page.getByRole('dialog'), 'Password').fill('wrong');
  await button(page.getByRole('dialog'), 'Confirm').click();
  await page.getByText('The password is wrong.').waitFor();
  await take(page, 'step-up', looks[0]!);
  await page.keyboard.press('Escape');
  await fillIn(page.locator('#password'), { 'Current password': goodPassword, 'New password': 'Password1', 'Confirm new password': 'Password2' });
  await page.getByText('Very weak').waitFor();
  await button(page.locator('#password'), 'Change Password').click();
  await page.locator('#password .refusal').first().waitFor();
  await page.locator('#password').scrollIntoViewIfNeeded();
  await take(page, 'change-password-refused', looks[0]!);
  await context.close();
});
