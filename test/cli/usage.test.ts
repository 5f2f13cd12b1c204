import { afterEach, expect, test } from '@jest/globals';
import { fork } from '../../src/database/connection/database.js';
import { openEmbedded } from '../../src/database/connection/embedded.js';
import {
  createPartitions,
  formatMonth,
  toMonth,
  existingMonths,
} from '../../src/database/partition/monthly-partitions.js';
import { cleanUp, migratedFolder, runCommand } from '../support/server-process.js';

afterEach(cleanUp);

const now = new Date();
const month = (after: number) => formatMonth(toMonth(now, after));

/** A data folder with partitions from a number of months ago on. */
async function folderFrom(first: number): Promise<string> {
  const folder = migratedFolder();
  const database = await openEmbedded(folder);
  await createPartitions(fork(database), now, toMonth(now, first));
  await database.close();
  return folder;
}

async function monthsIn(folder: string): Promise<string[]> {
  const database = await openEmbedded(folder);
  const months = await existingMonths(fork(database));
  await database.close();
  return months.map(formatMonth);
}

test('`postern usage purge` removes the months before the given one and lists them', async () => {
  const folder = await folderFrom(-6);
  const purge = (...more: string[]) =>
    runCommand(['usage', 'purge', '--before', month(-4), ...more], { DATA_DIR: folder });
  expect(await purge()).toEqual({
    code: 0,
    signal: null,
    stdout: `Deleted the usage of ${month(-6)}, ${month(-5)}.\n`,
    stderr: '',
  });
  expect((await monthsIn(folder))[0]).toBe(month(-4));
  expect(await purge()).toMatchObject({ code: 0, stdout: 'No usage to delete before that month.\n' });
  expect(await purge('--json')).toMatchObject({ code: 0, stdout: '{"removed":[]}\n' });
});

test('`postern usage purge` rejects invalid months and months still in use, and removes nothing', async () => {
  const folder = await folderFrom(-3);
  const purge = (before: string) => runCommand(['usage', 'purge', '--before', before], { DATA_DIR: folder });
  expect(await purge(month(-1))).toEqual({
    code: 1,
    signal: null,
    stdout: '',
    stderr: `Calls can still be recorded for ${month(-2)} and later. Use --before ${month(-2)} or an earlier month.\n`,
  });
  for (const text of ['2026-13', 'yesterday', '2026-8'])
    expect(await purge(text)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `Invalid month ${text}. Enter a month such as 2026-08.\n`,
    });
  expect((await monthsIn(folder))[0]).toBe(month(-3));
});
