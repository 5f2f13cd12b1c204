import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { cleanUp, launch, startServer, temporaryFolder } from '../support/server-process.js';

afterEach(cleanUp);

/**
 * The specified limits of a start, ten seconds for the first and three for later ones, as multiples of what its
 * libraries take in the same run: 3.8 s on a new folder and 1.6 s on an existing one when measured. The first line
 * comes before any work.
 */
const FIRST_START = 2.5;
const NEXT_START = 1.9;
const FIRST_LINE = 0.25;

/** The maximum number of tries, because other load makes a start slower and never faster. */
const MOST_ROUNDS = 6;

/** Starts load and compile every module, as those of users do. */
const environment = { NODE_DISABLE_COMPILE_CACHE: '1' };

const bareStart = join(import.meta.dirname, '../support/bare-start.js');

/** How long the libraries take to load and to open the embedded database in a folder (in ms). */
async function timeBareStart(folder: string): Promise<number> {
  const bare = launch(process.execPath, [bareStart, join(folder, 'postgres')], {}, environment);
  expect(await bare.ended).toMatchObject({ code: 0, stderr: '' });
  return bare.ageMs;
}

/** Starts Postern on a folder. @returns its first line and its times (in ms) */
async function timeStart(folder: string) {
  const { process: server, facts, readyMs } = await startServer({ DATA_DIR: folder }, environment, []);
  await server.stop();
  return {
    firstLine: server.lines[0]!['msg'],
    firstLineMs: server.firstOutputMs!,
    readyMs,
    migrations: facts['migrations'],
  };
}

/**
 * Runs both starts alternately, each on a folder from `folder`, until the fastest start of Postern is within the limit.
 */
async function compareStarts(folder: () => string, allowed: number) {
  const [bareMs, starts] = [[] as number[], [] as Awaited<ReturnType<typeof timeStart>>[]];
  const ratio = (measure: 'firstLineMs' | 'readyMs') =>
    Math.min(...starts.map((start) => start[measure])) / Math.min(...bareMs);
  do {
    bareMs.push(await timeBareStart(folder()));
    starts.push(await timeStart(folder()));
  } while (starts.length < MOST_ROUNDS && (ratio('readyMs') >= allowed || ratio('firstLineMs') >= FIRST_LINE));
  return { starts, firstLine: ratio('firstLineMs'), ready: ratio('readyMs') };
}

test('prints immediately at the first start, and takes at most 2.5 times its libraries’ load time', async () => {
  const {
    starts: [start],
    firstLine,
    ready,
  } = await compareStarts(temporaryFolder, FIRST_START);
  expect(start).toMatchObject({
    firstLine: 'Postern is starting in development mode …',
    migrations: expect.stringMatching(/^\d+ applied, up to date$/),
  });
  expect(firstLine).toBeLessThan(FIRST_LINE);
  expect(ready).toBeLessThan(FIRST_START);
}, 300_000);

test('starts with an existing database in less than twice its libraries’ load time', async () => {
  const folder = temporaryFolder();
  await timeStart(folder);
  const {
    starts: [start],
    ready,
  } = await compareStarts(() => folder, NEXT_START);
  expect(start).toMatchObject({ migrations: 'up to date' });
  expect(ready).toBeLessThan(NEXT_START);
}, 300_000);
