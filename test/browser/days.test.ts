import { describe, expect, test } from '@jest/globals';
import { newPersonOfRole } from '../features/administration/administrators.js';
import { setStage } from './stage.js';

describe('days that are chosen on the page', () => {
  const stage = setStage();

  /**
   * In Berlin clocks go back by an hour in the night to 25 October 2026, which is 25 hours long, and forward in the
   * night to 28 March 2027.
   */
  const days = [
    ['2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    ['2027-03-28', '2027-03-27T23:00:00.000Z', '2027-03-28T22:00:00.000Z'],
  ] as const;

  test.each(days)(
    'begin and end when they do where the reader is, also where clocks change: %s',
    async (day, from, to) => {
      const root = await newPersonOfRole(stage.postern, 'ROOT');
      const page = await stage.open(root, '/profile', { timezoneId: 'Europe/Berlin' });
      const asked = new Map<string, unknown>();
      page.on('request', (request) => {
        const { operationName, variables } = (request.postDataJSON() ?? {}) as {
          operationName?: string;
          variables?: { filter?: unknown };
        };
        if (operationName) asked.set(operationName, variables?.filter);
      });
      await page.goto(`${stage.url}/administration/events?from=${day}&to=${day}`);
      await page.getByText('Nothing matches these filters.').waitFor();
      await page.goto(`${stage.url}/logs?period=custom&from=${day}&to=${day}`);
      await page.getByText('Nothing was used in this time.').waitFor();
      for (const operation of ['EverybodysEvents', 'MyUsage', 'MyUsageLogs'])
        expect([operation, asked.get(operation)]).toEqual([operation, { from, to }]);
    },
  );
});
