import { describe, expect, test } from '@jest/globals';
import { newUserOfRole } from '../features/administration/administrators.js';
import { setStage } from './stage.js';

describe('a date filter', () => {
  const stage = setStage();

  /**
   * In Berlin clocks go back on 25 October 2026, which has 25 hours, and forward on 28 March 2027, which has 23. In
   * Santiago and Cairo they go forward at midnight, so that a day starts at 01:00.
   */
  const days = [
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    ['2027-03-28', 'Europe/Berlin', '2027-03-27T23:00:00.000Z', '2027-03-28T22:00:00.000Z'],
    ['2026-09-05', 'America/Santiago', '2026-09-05T04:00:00.000Z', '2026-09-06T04:00:00.000Z'],
    ['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00.000Z', '2026-09-07T03:00:00.000Z'],
    ['2026-04-24', 'Africa/Cairo', '2026-04-23T22:00:00.000Z', '2026-04-24T21:00:00.000Z'],
  ] as const;

  test.each(days)(
    'filters by the whole local day, even when the clocks change: %s in %s',
    async (day, timezoneId, from, to) => {
      const root = await newUserOfRole(stage.postern, 'ROOT');
      const page = await stage.open(root, '/profile', { timezoneId });
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
    },
  );
});
