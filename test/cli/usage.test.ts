import { afterEach, expect, test } from '@jest/globals';
import { fork } from '../../src/database/connection/database.js';
import { newId } from '../../src/database/connection/id.js';
import { openEmbedded } from '../../src/database/connection/embedded.js';
import {
  createPartitions,
  formatMonth,
  toMonth,
  existingMonths,
} from '../../src/database/partition/monthly-partitions.js';
import { UsageLogEntity } from '../../src/features/usage/usage-log.entity.js';
import { toGlobalId } from '../../src/rules/global-id.js';
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

test('`postern usage export` writes what the filters find, as JSON lines or CSV without formulas (R-138)', async () => {
  const folder = migratedFolder();
  const database = await openEmbedded(folder);
  const [accountId, callKeyId] = [newId(now), newId(now)];
  await createPartitions(fork(database), now, toMonth(now));
  for (const [index, model] of ['=1+1', 'model-a'].entries()) {
    const at = new Date(now.getTime() - 60_000 + index);
    await fork(database).insert(UsageLogEntity, {
      id: newId(at),
      at,
      accountId,
      callKeyId,
      callKeyName: 'Robot',
      type: 'CONSUME',
      model,
      promptTokens: 1,
      completionTokens: 2,
      quota: 3n,
      latencyMs: null,
      requestId: `request-${index}`,
      ip: null,
    });
  }
  await database.close();
  const run = (...options: string[]) => runCommand(['usage', 'export', ...options], { DATA_DIR: folder });
  const { code, stdout, stderr } = await run('--format', 'csv');
  const [head, first, second, end] = stdout.split('\r\n');
  expect([code, stderr, end]).toEqual([0, '', '']);
  expect(head).toMatch(/^id,at,type,callKeyName,model,.*,callKeyId,userId$/);
  expect([first, second]).toEqual([
    expect.stringContaining(',CONSUME,Robot,model-a,1,2,3,,request-1,,'),
    expect.stringContaining(",CONSUME,Robot,'=1+1,1,2,3,,request-0,,"),
  ]);
  const filtered = await run('--model', 'model-a', '--call-key', toGlobalId('CallKey', callKeyId), '--type', 'CONSUME');
  expect(JSON.parse(filtered.stdout)).toMatchObject({ requestId: 'request-1', userId: toGlobalId('User', accountId) });
  expect(await run('--to', '2020-01-01')).toMatchObject({ code: 0, stdout: '' });
  expect(await run('--call-key', 'x')).toMatchObject({ code: 1, stdout: '' });
});

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
