import { describe, expect, test } from '@jest/globals';
import { call, newCallKey, newGateway, report } from '../features/usage/gateway.js';
import { newPerson } from '../support/people.js';
import { expectAccessible, expectToFit } from './looks.js';
import { setStage } from './stage.js';

describe('the Logs view', () => {
  const stage = setStage();

  const before = (hours: number) => new Date(stage.postern.clock.read().getTime() - hours * 3_600_000);

  test('says where there is no call yet how one comes there', async () => {
    const page = await stage.open(await newPerson(stage.postern), '/logs');
    await page.getByText('No calls in this time.').waitFor();
    await page.getByText('Nothing was used in this time.').waitFor();
    await expectAccessible(page);
  });

  test('shows what has come about meanwhile where one asks for it, and where one comes back', async () => {
    const [person, gateway] = [await newPerson(stage.postern), await newGateway(stage.postern)];
    const key = await newCallKey(stage.postern, person, { name: 'Robot' });
    const page = await stage.open(person, '/logs');
    await page.getByText('No calls in this time.').waitFor();
    const rows = page.locator('.table-frame tbody tr');
    await report(gateway, [call(key, before(0), { requestId: 'first' })]);
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByText('first', { exact: true }).waitFor();
    await page.locator('dl.summary').getByText('15', { exact: true }).waitFor();
    await report(gateway, [call(key, before(0), { requestId: 'second' })]);
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByText('second', { exact: true }).waitFor();
    expect(await rows.count()).toBe(2);
    await page.getByRole('link', { name: 'Keys', exact: true }).click();
    await page.getByText('6 used', { exact: true }).waitFor();
    await report(gateway, [call(key, before(0), { requestId: 'third' })]);
    await page.getByRole('link', { name: 'Logs', exact: true }).click();
    await page.getByText('third', { exact: true }).waitFor();
    await page.locator('dl.summary').getByText('45', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Keys', exact: true }).click();
    await page.getByText('9 used', { exact: true }).waitFor();
  });

  test('tells of one call and one token as of one', async () => {
    const [person, gateway] = [await newPerson(stage.postern), await newGateway(stage.postern)];
    await report(gateway, [
      call(await newCallKey(stage.postern, person), before(0), { promptTokens: 1, completionTokens: 0 }),
    ]);
    const page = await stage.open(person, '/logs');
    const rate = page.locator('dl.summary > div').last();
    await rate.getByText('1 request', { exact: true }).waitFor();
    expect(await rate.innerText()).toMatch(/1 token$/);
  });

  test('shows calls with what they come to, over time as a picture in words and as a table, by time, result, key, model and request, page by page, with names as text (R-68)', async () => {
    const [person, gateway] = [await newPerson(stage.postern), await newGateway(stage.postern)];
    const [robot, hostile] = [
      await newCallKey(stage.postern, person, { name: 'Robot' }),
      await newCallKey(stage.postern, person, { name: '<img src=x onerror=alert(1)>' }),
    ];
    const entries = Array.from({ length: 30 }, (_, place) =>
      call(robot, before(place + 1), { requestId: `robot-${place}`, model: place < 28 ? 'model-a' : 'model-b' }),
    );
    await report(gateway, [
      ...entries,
      call(hostile, before(2), { type: 'ERROR', requestId: '<b>bold</b>', completionTokens: 0 }),
      call(robot, before(24 * 20), { requestId: 'long-ago' }),
    ]);
    const page = await stage.open(person, '/logs');
    const rows = page.locator('.table-frame tbody tr');
    await rows.nth(24).waitFor();
    expect(await rows.count()).toBe(25);
    expect(await page.locator('dl.summary').innerText()).toMatch(
      /Requests\s+31\s+1 failed[\s\S]*Tokens\s+460\s+310 in, 150 out[\s\S]*Quota spent\s+93/,
    );
    expect(await page.getByRole('img', { name: /^Requests over time: 31 in all, the most 2, at / }).count()).toBe(1);
    expect(await page.getByRole('img', { name: /^Tokens over time: 460 in all/ }).count()).toBe(1);
    await rows.filter({ hasText: '<img src=x onerror=alert(1)>' }).waitFor();
    expect(await page.locator('main img').count()).toBe(0);
    await page.getByText('Show as a table').click();
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
    await page.getByLabel('Request id').fill('long-ago');
    await page.getByText('long-ago', { exact: true }).waitFor();
    await page.reload();
    await page.getByText('long-ago', { exact: true }).waitFor();
    expect(await rows.count()).toBe(1);
    expect(await page.getByLabel('Whose').count()).toBe(0);
  });
});
