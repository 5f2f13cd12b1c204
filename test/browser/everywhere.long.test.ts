import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { newUserOfRole } from '../features/administration/administrators.js';
import { call, newCallKey, newGateway, report } from '../features/usage/gateway.js';
import { newUser, newUsername, signIn, type TestUser } from '../support/users.js';
import { OTHER_HOST } from './browser.js';
import { chinese, english } from './everywhere-texts.js';
import { overflowOf, recordLayoutShifts, shiftsOf } from './layout-shifts.js';
import { latinWords } from './page-checks.js';
import { setStage } from './stage.js';
import { button, field } from './page-actions.js';

const stage = setStage();

/** The limit of a good layout shift (web.dev, Core Web Vitals). */
const MAX_LAYOUT_SHIFT = 0.1;

beforeAll(() => newUserOfRole(stage.postern, 'ROOT'));

/** A user with two sessions, a call key and logs. */
async function prepareUser(): Promise<TestUser> {
  const user = await newUser(stage.postern);
  await signIn(stage.postern, user);
  const key = await newCallKey(stage.postern, user, { name: 'Robot' });
  const now = stage.postern.clock.read().getTime();
  const calls = Array.from({ length: 8 }, (_, hour) => call(key, new Date(now - hour * 3_600_000)));
  await report(await newGateway(stage.postern), calls);
  return user;
}

/** Opens a view, and waits until it shows its title. */
async function openView(page: Page, path: string): Promise<void> {
  await page.goto(stage.url + path);
  await page.getByRole('heading', { level: 1 }).waitFor();
}

/** Opens a view, waits until it is complete, and expects that it neither moves nor is wider than the window. */
async function openStillView(page: Page, path: string): Promise<void> {
  await openView(page, path);
  await page.waitForLoadState('networkidle');
  await page.locator('.loading').first().waitFor({ state: 'detached' });
  const shifts = await shiftsOf(page);
  const total = shifts.reduce((sum, shift) => sum + Number.parseFloat(shift), 0);
  expect({ path, shifts, isStill: total <= MAX_LAYOUT_SHIFT, overflow: await overflowOf(page) }).toEqual(
    expect.objectContaining({ isStill: true, overflow: 0 }),
  );
}

const expectFocus = (page: Page, name: string) =>
  page.waitForFunction((label) => {
    const { activeElement: active } = document;
    return (active?.getAttribute('aria-label') ?? active?.textContent) === label;
  }, name);

const wordsOfTheOtherLanguage = (locale: string, text: string) =>
  locale === 'zh-CN' ? latinWords(text) : (text.replaceAll('简体中文', '').match(/\p{Script=Han}+/gu) ?? []);

/** Fills in all fields of a form, submits it, and returns the input of its mutation. */
async function submit(page: Page, name: string): Promise<unknown> {
  for (const input of await page.locator('form input').all()) await input.fill('Louder-Lantern-88');
  const sent = page.waitForRequest((request) => request.postData()?.includes('mutation') === true);
  await button(page, name).click();
  return ((await sent).postDataJSON() as { variables: { input: unknown } }).variables.input;
}

const widths = [1_280, 820, 375, 320];
test.each(['en-GB', 'zh-CN'].flatMap((locale) => widths.map((width) => [locale, width] as const)))(
  'works in every view in %s at %d px',
  async (locale, width) => {
    const texts = locale === 'zh-CN' ? chinese : english;
    const user = await prepareUser();
    const context = await stage.browserOf(user, { locale, viewport: { width, height: 800 } });
    await recordLayoutShifts(context, locale === 'zh-CN' ? 'ZH' : 'EN');
    await context.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    const page = await context.newPage();

    await openStillView(page, '/profile/');
    await page.getByRole('heading', { level: 1, name: texts.profile, exact: true }).waitFor();
    const section = page.locator('#username');
    await button(page, texts.changeUsername).press('Enter');
    await button(section, texts.cancel).press('Enter');
    await expectFocus(page, texts.changeUsername);
    await page.keyboard.press('Enter');
    await field(section, texts.username).fill('x');
    await page.keyboard.press('Enter');
    await section.getByText(texts.invalidUsername).first().waitFor();
    expect(wordsOfTheOtherLanguage(locale, await page.locator('body').innerText())).toEqual([]);
    await field(section, texts.username).fill(newUsername());
    await page.keyboard.press('Enter');
    await page.getByText(texts.usernameChanged).waitFor();
    await expectFocus(page, texts.changeUsername);
    await button(page, texts.createToken).click();
    await button(page.locator('.secret'), texts.copy).click();
    await page.locator('.secret').getByText(texts.copyByHand).waitFor();

    await openStillView(page, '/logs');
    await openStillView(page, '/keys');
    await button(page, texts.edit).press('Enter');
    await button(page.getByRole('dialog'), texts.cancel).press('Enter');
    await expectFocus(page, texts.edit);
    await page.keyboard.press('Enter');
    await button(page.getByRole('dialog'), texts.save).press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expectFocus(page, texts.edit);

    await openStillView(page, '/profile#sessions');
    await page.waitForFunction(() => {
      const { top } = document.querySelector('#sessions')!.getBoundingClientRect();
      return top >= 0 && top < window.innerHeight / 2;
    });

    await openView(page, '/nowhere');
    await page.getByRole('heading', { name: texts.notFound }).waitFor();
    expect(stage.faults.splice(0).filter((fault) => !/\b404\b/.test(fault))).toEqual([]);

    await openView(page, `/setup#psu_${'a'.repeat(49)}`);
    await submit(page, texts.createAdministrator);
    await page.getByText(texts.isSetUp).waitFor();
    await openView(page, `/reset-password#psr_${'a'.repeat(49)}`);
    await page.goto(`${stage.url}/reset-password#psr_${'b'.repeat(49)}`);
    await page.waitForFunction(() => location.hash === '');
    expect(await submit(page, texts.setPassword)).toMatchObject({ token: `psr_${'b'.repeat(49)}` });
    expect(page.url()).toBe(`${stage.url}/reset-password`);

    await page.goto(`http://${OTHER_HOST}:${new URL(stage.url).port}/sign-in`);
    const alert = page.getByRole('alert').filter({ hasText: texts.wrongAddress });
    expect(await alert.getByRole('link').getAttribute('href')).toBe(stage.url);
    stage.faults.length = 0;
  },
);
