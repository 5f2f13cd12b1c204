import { beforeAll, describe, expect, test } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { newUserOfRole } from '../features/administration/administrators.js';
import { call, newCallKey, newGateway, report } from '../features/usage/gateway.js';
import { newAccessToken } from '../support/access-tokens.js';
import { bindAddress, type TestUser } from '../support/users.js';
import { localNetworks, newWebhook, testWebhook } from '../support/webhooks.js';
import { overflowOf, recordLayoutShifts, shiftsOf } from './layout-shifts.js';
import { setStage } from './stage.js';

const stage = setStage(localNetworks);
const token = 'a'.repeat(49);

/** Every view, with the path to an account for `user`. A new view must be added here. */
const signedOut = [
  '/sign-in',
  '/sign-up',
  '/recover',
  `/setup#psu_${token}`,
  `/reset-password#psr_${token}`,
  `/revert-email-change#pse_${token}`,
  `/restore-account#psl_${token}`,
];
const signedIn = [
  '/profile',
  '/keys',
  '/logs',
  '/administration',
  '/administration/events',
  '/administration/users/ID',
  '/administration/webhooks',
  '/administration/webhooks/WEBHOOK',
  '/administration/nowhere',
];

let root: TestUser;
let webhookId: string;
beforeAll(async () => {
  root = await newUserOfRole(stage.postern, 'ROOT');
  await root.client.send(
    'mutation { changeUsername(input: { username: "a-name.of_thirty-two.characters01" }) { userErrors { code } } }',
  );
  await bindAddress(stage.postern, stage.mail, root, 'a.long.address.without.hyphens@department.mail.example');
  await newAccessToken(root.client, { name: 'Nightly export of all usage', scopes: ['USERS_READ', 'ALL_USAGE_READ'] });
  await newAccessToken(root.client, { allowedIps: ['203.0.113.0/24', '2001:db8::/48'] });
  const eventTypes = ['LOGIN_FAILED', 'PASSWORD_CHANGED', 'USER_STATUS_SET', 'EVERYTHING_REVOKED'] as const;
  const description = 'Alerts for the team that is on call at night';
  const url = 'https://127.0.0.1/hooks';
  webhookId = (await newWebhook(root.client, { url, description, eventTypes: [...eventTypes] })).id;
  await testWebhook(root.client, webhookId);
  const gateway = await newGateway(stage.postern);
  const key = await newCallKey(stage.postern, root, { name: 'Night worker for the translation service' });
  const now = stage.postern.clock.read().getTime();
  await report(
    gateway,
    Array.from({ length: 30 }, (_, index) =>
      call(key, new Date(now - index * 3_600_000), {
        requestId: `019abcde-7d0f-7000-8000-2a7c1d5e9f${index + 10}`,
        model: 'gpt-5-mini-2026-10-01',
        latencyMs: 5_691 * (index + 1),
        promptTokens: 123_456 * index,
        quota: 2_500_000 * index,
      }),
    ),
  );
});

/** A browser in a language, whose pages add up their layout shifts. */
async function browserIn(locale: string, isSignedIn: boolean, width: number): Promise<BrowserContext> {
  const context = await stage.browserOf(isSignedIn ? root : null, { locale, viewport: { width, height: 900 } });
  await recordLayoutShifts(context, locale === 'zh-CN' ? 'ZH' : 'EN');
  return context;
}

/** Opens a view, and waits until it is complete. */
async function openView(context: BrowserContext, path: string): Promise<Page> {
  const page = await stage.tab(context, path.replace('ID', root.id).replace('WEBHOOK', webhookId));
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  await page.locator('.loading').first().waitFor({ state: 'detached' });
  await page.evaluate(() => document.fonts.ready);
  return page;
}

/** The texts of numbers, times and badges that are broken into two lines. */
const brokenTexts = (page: Page) =>
  page.evaluate(() =>
    [
      ...document.querySelectorAll<HTMLElement>(
        'td.number > div > span > span, td.number > div:not(:has(*)), .badge, .when',
      ),
    ]
      .filter((element) => element.checkVisibility() && element.offsetHeight > 36)
      .map(({ innerText }) => innerText),
  );

describe.each(['en-GB', 'zh-CN'])('in %s', (locale) => {
  test.each([
    [1_280, [1_280, 860, 820]],
    [375, [375, 320]],
  ])('moves nothing while a view loads at %d px, and fits %j px', async (width, widths) => {
    const found: Record<string, unknown> = {};
    for (const [isSignedIn, paths] of [
      [false, signedOut],
      [true, signedIn],
    ] as const) {
      const context = await browserIn(locale, isSignedIn, width);
      for (const path of paths) {
        const page = await openView(context, path);
        const shifts = await shiftsOf(page);
        if (shifts.length > 0) found[`${path} loads`] = shifts;
        for (const size of widths) {
          await page.setViewportSize({ width: size, height: 900 });
          const [overflow, broken] = [await overflowOf(page), await brokenTexts(page)];
          if (overflow > 0 || broken.length > 0) found[`${path} at ${size} px`] = { overflow, broken };
        }
        await page.close();
      }
      await context.close();
    }
    expect(found).toEqual({});
  });
});

test('shows the time of an event beside its title on a phone', async () => {
  const page = await openView(await browserIn('en-GB', true, 375), '/profile');
  await page.locator('#events li').first().waitFor();
  const rows = await page.locator('#events li').evaluateAll((items) =>
    items.map((item) => {
      const [title, when] = [item.querySelector('.row-main')!, item.querySelector('.when')!];
      return when.getBoundingClientRect().left >= title.getBoundingClientRect().right;
    }),
  );
  expect(rows).not.toContain(false);
});
