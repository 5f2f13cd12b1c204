import { describe, expect, test } from '@jest/globals';
import { newUserOfRole } from '../features/administration/administrators.js';
import { setStage } from './stage.js';

describe('a date filter', () => {
  const stage = setStage();

  /** In Berlin clocks go back on 25 October 2026, which has 25 hours, and forward on 28 March 2027, which has 23. */
  const days = [
    ['2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    ['2027-03-28', '2027-03-27T23:00:00.000Z', '2027-03-28T22:00:00.000Z'],
  ] as const;

  test.each(days)('filters by the whole local day, even when the clocks change: %s', async (day, from, to) => {
    const root = await newUserOfRole(stage.postern, 'ROOT');
    const page = await stage.open(root, '/profile', { timezoneId: 'Europe/Berlin' });
    const filters = new Map<string, unknown>();
    page.on('request', (request) => {
      const { operationName, variables } = (request.postDataJSON() ?? {}) as {
        operationName?: string;
        variables?: { filter?: unknown };
      };
      if (operationName) filters.set(operationName, variables?.filter);
    });
    await page.goto(`${stage.url}/administration/events?from=${day}&to=${day}`);
    await page.getByText('No results. Try changing your filters.').waitFor();
    await page.goto(`${stage.url}/logs?period=custom&from=${day}&to=${day}`);
    await page.getByText('No usage in this period.').waitFor();
    for (const operation of ['AllSecurityEvents', 'MyUsage', 'MyUsageLogs'])
      expect([operation, filters.get(operation)]).toEqual([operation, { from, to }]);
  });
});
