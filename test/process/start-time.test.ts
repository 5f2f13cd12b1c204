import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { cleanUp, launch, startServer, temporaryFolder } from '../support/server-process.js';

afterEach(cleanUp);

/**
 * What the specification of a start allows, as multiples of what its libraries alone take in the same run: on the
 * machine of the figures, where those took 4 s on a new folder and 1.2 s on an old one, ten seconds for a first start
 * and three for the next. The first line comes before there is anything to wait for.
 */
const READY = 2.5;
const FIRST_LINE = 0.25;

const bareStart = join(import.meta.dirname, '../support/bare-start.js');

/** How long the libraries alone take to load, and to open the embedded database in a folder (in ms). */
async function timeBareStart(folder: string): Promise<number> {
  const bare = launch(process.execPath, [bareStart, join(folder, 'postgres')], {});
  expect(await bare.ended).toMatchObject({ code: 0, stderr: '' });
  return bare.ageMs;
}

/** Starts Postern on a folder, tells what it said, and how long that took (in ms). */
async function timeStart(folder: string) {
  const { process: server, facts, readyMs } = await startServer({ DATA_DIR: folder });
  await server.stop();
  return { firstLine: server.lines[0]!['msg'], firstLineMs: server.firstOutputMs!, readyMs, migrations: facts['migrations'] };
}

/** Both kinds of start, each on what `folder` gives: up to three of each in turn, of which the quickest count, for what else runs makes a start slower and never quicker. */
async function compareStarts(folder: () => string) {
  const [bareMs, starts] = [[] as number[], [] as Awaited<ReturnType<typeof timeStart>>[]];
  const ratio = (measure: 'firstLineMs' | 'readyMs') => Math.min(...starts.map((start) => start[measure])) / Math.min(...bareMs);
  do {
    bareMs.push(await timeBareStart(folder()));
    starts.push(await timeStart(folder()));
  } while (starts.length < 3 && (ratio('readyMs') >= READY || ratio('firstLineMs') >= FIRST_LINE));
  return { starts, firstLine: ratio('firstLineMs'), ready: ratio('readyMs') };
}

test('a first start says so at once, and takes at most two and a half times as long as its libraries do on a new folder', async () => {
  const { starts: [start], firstLine, ready } = await compareStarts(temporaryFolder);
  expect(start).toMatchObject({ firstLine: 'Postern is starting in development mode …', migrations: expect.stringMatching(/^\d+ applied, up to date$/) });
  expect(firstLine).toBeLessThan(FIRST_LINE);
  expect(ready).toBeLessThan(READY);
}, 300_000);

test('a start with an existing database takes at most two and a half times as long as its libraries do on it', async () => {
  const folder = temporaryFolder();
  await timeStart(folder);
  const { starts: [start], ready } = await compareStarts(() => folder);
  expect(start).toMatchObject({ migrations: 'up to date' });
  expect(ready).toBeLessThan(READY);
}, 300_000);
