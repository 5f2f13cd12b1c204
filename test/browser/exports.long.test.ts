import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { newUserOfRole } from '../features/administration/administrators.js';
import { call, newCallKey, newGateway, report } from '../features/usage/gateway.js';
import { exportAs } from '../support/exports.js';
import { goodPassword, newUser } from '../support/users.js';
import { expectAccessible, expectToFit } from './page-checks.js';
import { button, field, waitForProfile } from './page-actions.js';
import { setStage } from './stage.js';

const stage = setStage();

const hoursAgo = (hours: number) => new Date(stage.postern.clock.read().getTime() - hours * 3_600_000);

/** The name and the text of the file that something downloads. */
async function downloadDuring(page: Page, act: () => Promise<unknown>) {
  const [file] = await Promise.all([page.waitForEvent('download'), act()]);
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}

const choose = async (page: Page, format: string) => {
  await page.locator('summary', { hasText: 'Export' }).click();
  await button(page, `Export as ${format}`).click();
};

/** Removes the answers that a test causes on purpose. */
const forget = (status: number) => {
  const kept = stage.faults.filter((fault) => !fault.includes(String(status)));
  stage.faults.splice(0, stage.faults.length, ...kept);
};

test('downloads what the filters of Logs find, as CSV and as JSON lines', async () => {
  const [user, gateway] = [await newUser(stage.postern), await newGateway(stage.postern)];
  const key = await newCallKey(stage.postern, user);
  await report(gateway, [
    call(key, hoursAgo(1), { requestId: 'works' }),
    call(key, hoursAgo(2), { requestId: 'fails', type: 'ERROR' }),
    call(key, hoursAgo(24 * 20), { requestId: 'long-ago' }),
  ]);
  const page = await stage.open(user, '/logs?type=ERROR');
  await page.getByText('fails', { exact: true }).waitFor();
  const csv = await downloadDuring(page, () => choose(page, 'CSV'));
  expect(csv.name).toMatch(/^postern-usage-\d{4}-\d\d-\d\d\.csv$/);
  expect(csv.text).toMatch(/^id,at,type,.*\r\nusagelog_.*,ERROR,.*,fails,.*\r\n$/);
  await page.getByText(`Downloaded: ${csv.name}`).waitFor();
  await page.getByLabel('Result').selectOption('');
  await page.getByText('works', { exact: true }).waitFor();
  const { name, text } = await downloadDuring(page, () => choose(page, 'JSON lines'));
  expect(name).toMatch(/\.jsonl$/);
  expect(
    text
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { requestId: string }).requestId),
  ).toEqual(['works', 'fails']);
});

test('opens and closes the menu by keyboard, and keeps the focus', async () => {
  const page = await stage.open(await newUser(stage.postern), '/logs');
  const summary = page.locator('summary', { hasText: 'Export' });
  await summary.press('Enter');
  await button(page, 'Export as CSV').waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await button(page, 'Export as CSV').waitFor({ state: 'hidden' });
  expect(await summary.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  const { name } = await downloadDuring(page, () => page.keyboard.press('Enter'));
  expect(name).toMatch(/\.csv$/);
  expect(await summary.evaluate((element) => element === document.activeElement)).toBe(true);
});

test('downloads the events of all accounts that an administrator’s filters find', async () => {
  const admin = await newUserOfRole(stage.postern, 'ADMIN');
  const user = await newUser(stage.postern);
  const page = await stage.open(admin, `/administration/events?user=${user.id}&type=REGISTERED`);
  await page.locator('.table-frame tbody tr').first().waitFor();
  const { name, text } = await downloadDuring(page, () => choose(page, 'CSV'));
  expect(name).toMatch(/^postern-events-/);
  expect(text.trimEnd().split('\r\n')).toHaveLength(2);
  expect(text).toContain(`,${user.id},${user.id},`);
});

test('downloads the own events from Profile', async () => {
  const user = await newUser(stage.postern);
  const page = await stage.open(user, '/profile');
  await waitForProfile(page);
  const { text } = await downloadDuring(page, () => choose(page, 'CSV'));
  expect(text).toContain(',REGISTERED,');
});

test('asks for step-up before the export of the account, and then continues', async () => {
  const user = await newUser(stage.postern);
  stage.postern.clock.advance({ minutes: 11 });
  const page = await stage.open(user, '/profile#export');
  await waitForProfile(page);
  await page.getByText('Up to 3 times a day.', { exact: true }).waitFor();
  await button(page, 'Export your data').click();
  await page.getByRole('heading', { name: 'Confirm it’s you' }).waitFor();
  forget(403);
  await field(page, 'Password').fill(goodPassword);
  const { name, text } = await downloadDuring(page, () => page.keyboard.press('Enter'));
  expect(name).toMatch(/^postern-account-\d{4}-\d\d-\d\d\.jsonl$/);
  expect(JSON.parse(text.split('\n')[0]!)).toMatchObject({ type: 'profile', username: user.username });
  await page.getByText(`Downloaded: ${name}`).waitFor();
  forget(403);
});

test('explains when the limit is reached and when the download was cut off', async () => {
  const user = await newUser(stage.postern);
  for (let count = 0; count < 3; count += 1) await exportAs(user.client, 'account');
  const page = await stage.open(user, '/profile');
  await waitForProfile(page);
  await button(page, 'Export your data').click();
  await page.getByText(/^You’ve exported as often as allowed for now\. Try again in 24 hours\.$/).waitFor();
  await expectAccessible(page);
  forget(429);
  await page.route('**/export/events**', (route) => route.abort());
  await choose(page, 'CSV');
  await page.getByText('Can’t reach the server.').waitFor();
  stage.faults.splice(0);
});

test.each([375, 820, 1_280])('fits a window of %i pixels with its menu open', async (width) => {
  const admin = await newUserOfRole(stage.postern, 'ADMIN');
  const page = await stage.open(admin, '/logs', { viewport: { width, height: 900 } });
  for (const path of ['/logs', '/administration/events', '/profile#events']) {
    await page.goto(stage.url + path);
    await page.locator('summary', { hasText: 'Export' }).click();
    await expectToFit(page);
    const { x, width: menuWidth } = (await page.locator('.export .formats').boundingBox())!;
    expect([path, x >= 0, x + menuWidth <= width]).toEqual([path, true, true]);
    const folder = process.env['PICTURES'];
    for (const theme of folder ? ['light', 'dark'] : []) {
      await page.evaluate((value) => {
        document.documentElement.dataset['theme'] = value;
      }, theme);
      await page.screenshot({ path: `${folder}/${path.replace(/\W/g, '-')}-${width}-${theme}.png` });
    }
  }
});
