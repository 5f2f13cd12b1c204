import AxeBuilder from '@axe-core/playwright';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { newPerson } from '../support/people.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { startBrowser, type TestBrowser } from './browser.js';
import { browserOf, button, profileIsThere, visit } from './visitor.js';

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

/** What axe finds, in a line for each. */
async function violations(page: Awaited<ReturnType<typeof visit>>): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${html} ${any[0]?.message ?? ''}`));
}

const widths = [360, 768, 1_440];
const overflow = (page: Awaited<ReturnType<typeof visit>>) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe.each(['light', 'dark'] as const)('in the %s', (colorScheme) => {
  test.each(['/sign-in', '/sign-up', '/recover', '/setup', '/reset-password', '/revert-email-change', `/reset-password#psr_${'a'.repeat(49)}`])('%s has no violation that axe knows, and no sideways scrolling', async (path) => {
    const context = await browser.open({ colorScheme });
    const page = await visit(context, postern, path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await violations(page)).toEqual([]);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      expect([width, await overflow(page)]).toEqual([width, 0]);
    }
    await context.close();
  });

  test('Profile, its menu and its dialogs have no violation that axe knows, and no sideways scrolling', async () => {
    const context = await browserOf(browser, postern, await newPerson(postern), { colorScheme });
    const page = await visit(context, postern, '/profile');
    await profileIsThere(page);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      expect([width, await overflow(page)]).toEqual([width, 0]);
    }
    expect(await violations(page)).toEqual([]);
    await button(page, /^Account menu/).click();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await button(page.locator('#two-factor'), 'Enable 2FA').click();
    await page.getByRole('dialog').getByRole('img').waitFor();
    expect(await violations(page)).toEqual([]);
    await context.close();
  });
});
