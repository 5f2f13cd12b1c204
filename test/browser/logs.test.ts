import { describe, expect, test } from '@jest/globals';
import { call, newCallKey, newGateway, report } from '../features/usage/gateway.js';
import { newUserOfRole } from '../features/administration/administrators.js';
import { newUser } from '../support/users.js';
import { expectAccessible, expectToFit } from './page-checks.js';
import { setStage } from './stage.js';

describe('the Logs view', () => {
  const stage = setStage();

  const hoursAgo = (hours: number) => new Date(stage.postern.clock.read().getTime() - hours * 3_600_000);

  test('explains why the list of logs is empty', async () => {
    const page = await stage.open(await newUser(stage.postern), '/logs');
    await page.getByText('No calls in this period.').waitFor();
    await page.getByText('No usage in this period.').waitFor();
    await expectAccessible(page);
  });

  test('shows new calls after a refresh and when the user returns to the view', async () => {
    const [user, gateway] = [await newUser(stage.postern), await newGateway(stage.postern)];
    const key = await newCallKey(stage.postern, user, { name: 'Robot' });
    const page = await stage.open(user, '/logs');
    await page.getByText('No calls in this period.').waitFor();
    const rows = page.locator('.table-frame tbody tr');
    await report(gateway, [call(key, hoursAgo(0), { requestId: 'first' })]);
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByText('first', { exact: true }).waitFor();
    await page.locator('dl.summary').getByText('15', { exact: true }).waitFor();
    await report(gateway, [call(key, hoursAgo(0), { requestId: 'second' })]);
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByText('second', { exact: true }).waitFor();
    expect(await rows.count()).toBe(2);
    await page.getByRole('link', { name: 'Keys', exact: true }).click();
    await page.getByText('6 used', { exact: true }).waitFor();
    await report(gateway, [call(key, hoursAgo(0), { requestId: 'third' })]);
    await page.getByRole('link', { name: 'Logs', exact: true }).click();
    await page.getByText('third', { exact: true }).waitFor();
    await page.locator('dl.summary').getByText('45', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Keys', exact: true }).click();
    await page.getByText('9 used', { exact: true }).waitFor();
  });

  test('uses the singular for one call and one token', async () => {
    const [user, gateway] = [await newUser(stage.postern), await newGateway(stage.postern)];
    await report(gateway, [
      call(await newCallKey(stage.postern, user), hoursAgo(0), { promptTokens: 1, completionTokens: 0 }),
    ]);
    const page = await stage.open(user, '/logs');
    const rate = page.locator('dl.summary > div').last();
    await rate.getByText('1 request', { exact: true }).waitFor();
    expect(await rate.innerText()).toMatch(/1 token$/);
  });

  test('shows calls, totals, charts and filters, and markup in names as text (R-68)', async () => {
    const [user, gateway] = [await newUser(stage.postern), await newGateway(stage.postern)];
    const [robot, hostile] = [
      await newCallKey(stage.postern, user, { name: 'Robot' }),
      await newCallKey(stage.postern, user, { name: '<img src=x onerror=alert(1)>' }),
    ];
    const entries = Array.from({ length: 30 }, (_, index) =>
      call(robot, hoursAgo(index + 1), { requestId: `robot-${index}`, model: index < 28 ? 'model-a' : 'model-b' }),
    );
    await report(gateway, [
      ...entries,
      call(hostile, hoursAgo(2), { type: 'ERROR', requestId: '<b>bold</b>', completionTokens: 0 }),
      call(robot, hoursAgo(24 * 20), { requestId: 'long-ago' }),
    ]);
    const page = await stage.open(user, '/logs');
    const rows = page.locator('.table-frame tbody tr');
    await rows.nth(24).waitFor();
    expect(await rows.count()).toBe(25);
    expect(await page.locator('dl.summary').innerText()).toMatch(
      /Requests\s+31\s+1 failed[\s\S]*Tokens\s+460\s+310 in, 150 out[\s\S]*Quota used\s+93/,
    );
    expect(await page.getByRole('img', { name: /^Requests over time: 31 total, peak 2 at / }).count()).toBe(1);
    expect(await page.getByRole('img', { name: /^Tokens over time: 460 total/ }).count()).toBe(1);
    await rows.filter({ hasText: '<img src=x onerror=alert(1)>' }).waitFor();
    expect(await page.locator('main img').count()).toBe(0);
    await page.getByText('Show as table').click();
    expect(await page.locator('.point-table tbody tr').count()).toBe(169);
    await expectAccessible(page);
    await expectToFit(page);

    await page.getByRole('button', { name: 'Older' }).click();
    await page.getByText('robot-29', { exact: true }).waitFor();
    expect(await rows.count()).toBe(6);
    await page.getByLabel('Result').selectOption('ERROR');
    await page.getByText('<b>bold</b>', { exact: true }).waitFor();
    await rows.nth(1).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByLabel('Model').fill('model-b');
    await page.locator('dl.summary').getByText('2', { exact: true }).waitFor();
    await page.getByLabel('Model').fill('');
    await page.getByLabel('Time', { exact: true }).selectOption('month');
    await page.locator('dl.summary').getByText('32', { exact: true }).waitFor();
    await page.getByLabel('Request ID').fill('long-ago');
    await page.getByText('long-ago', { exact: true }).waitFor();
    await page.reload();
    await page.getByText('long-ago', { exact: true }).waitFor();
    expect(await rows.count()).toBe(1);
    expect(await page.getByLabel('Scope').count()).toBe(0);
  });

  test('shows days of the browser’s time zone, failures apart, and each point by keyboard and pointer', async () => {
    const [user, gateway] = [await newUser(stage.postern), await newGateway(stage.postern)];
    const key = await newCallKey(stage.postern, user, { name: 'Robot' });
    // An hour ago may be yesterday in that zone.
    await report(gateway, [
      call(key, hoursAgo(0), { quota: 30 }),
      call(key, hoursAgo(0), { type: 'ERROR', quota: 0 }),
      call(key, hoursAgo(24 * 20), { model: 'model-b', quota: 10 }),
    ]);
    const page = await stage.open(user, '/logs?period=month', { timezoneId: 'Asia/Kathmandu' });
    await page.getByText(/^Times in Asia.Kath?mandu$/).waitFor();
    expect(await page.getByLabel('Interval').inputValue()).toBe('DAY');
    const slider = page.getByRole('slider', { name: 'Requests at one time' });
    await slider.focus();
    await slider.press('End');
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/2 requests, 1 failed, 30 tokens, 30 quota$/);
    await page.locator('.point-tooltip').getByText('2 requests, 1 failed').waitFor();
    await slider.press('Home');
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/0 requests, 0 failed/);
    await slider.press('Escape');
    await page.locator('.point-tooltip').waitFor({ state: 'detached' });
    const { x, y, width, height } = (await page.getByRole('slider', { name: 'Tokens at one time' }).boundingBox())!;
    await page.mouse.move(x + width - 2, y + height / 2);
    await page.locator('.point-tooltip').getByText('2 requests, 1 failed').waitFor();
    await page.mouse.move(0, 0);
    await page.locator('.point-tooltip').waitFor({ state: 'detached' });
    await page.getByText('Show as table').click();
    expect(await page.locator('.point-table tbody tr').last().innerText()).toMatch(/2\s+1\s+30\s+30$/);
    await page.getByLabel('Interval').selectOption('WEEK');
    await page.locator('.point-table tbody tr').nth(6).waitFor({ state: 'detached' });
    expect(await page.getByRole('img', { name: /^Requests over time: 3 total, peak 2 at Week of / }).count()).toBe(1);
    await page.getByLabel('Time', { exact: true }).selectOption('day');
    await page.getByRole('img', { name: /^Requests over time: 2 total/ }).waitFor();
    expect(await page.getByLabel('Interval').inputValue()).toBe('HOUR');
    await expectAccessible(page);
  });

  test('shows users the shares of their models and keys without an error', async () => {
    const [user, gateway] = [await newUser(stage.postern), await newGateway(stage.postern)];
    const keys = await Promise.all(
      Array.from({ length: 7 }, (_, index) => newCallKey(stage.postern, user, { name: `Key ${index}` })),
    );
    await report(
      gateway,
      keys.map((key) => call(key, hoursAgo(1), { model: 'large' })),
    );
    const page = await stage.open(user, '/logs');
    const shares = page.locator('.shares li');
    await shares.filter({ hasText: 'large' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.getByLabel('Share by').selectOption('CALL_KEY');
    await shares.filter({ hasText: 'All others' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  test('shows the largest shares by model and key, and to administrators by user', async () => {
    const [admin, gateway] = [await newUserOfRole(stage.postern, 'ADMIN'), await newGateway(stage.postern)];
    const key = await newCallKey(stage.postern, admin, { name: 'Robot' });
    await report(gateway, [
      call(key, hoursAgo(1), { model: 'large', quota: 900_000 }),
      call(key, hoursAgo(2), { model: 'small', quota: 300_000, type: 'ERROR' }),
    ]);
    const page = await stage.open(admin, '/logs');
    const shares = page.locator('.shares li');
    await shares.nth(1).waitFor();
    expect(await shares.allInnerTexts()).toEqual([
      expect.stringMatching(/large\s+75%\s+900,000 quota, 1 request \(0 failed\), 15 tokens/),
      expect.stringMatching(/small\s+25%\s+300,000 quota, 1 request \(1 failed\), 15 tokens/),
    ]);
    await page.getByLabel('Share by').selectOption('CALL_KEY');
    await shares.filter({ hasText: 'Robot' }).getByText('100%').waitFor();
    expect(await page.getByLabel('Share by').getByRole('option', { name: 'User' }).count()).toBe(0);
    await page.getByLabel('Scope').selectOption('all');
    await shares.filter({ hasText: `of ${admin.username}` }).waitFor();
    await page.getByLabel('Share by').selectOption('USER');
    await shares.getByRole('link', { name: admin.username }).waitFor();
    await expectAccessible(page);
    await expectToFit(page);
  });
});
