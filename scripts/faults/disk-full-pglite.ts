// Shows what the embedded database (PGlite alone, without Postern) does on a full disk. Needs root, for a file system
// of 120 MiB: npx tsx scripts/faults/disk-full-pglite.ts. The output of a run is in docs/evidence/full-disk.md.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { fill, withSmallDisk } from './small-disk.ts';

const WATCHED_MS = 10_000;
const [mode, folder = ''] = process.argv.slice(2);

/** Updates one row forever, and prints each acknowledged number. */
async function write(): Promise<void> {
  process.on('SIGTERM', () => process.exit(0));
  const database = new PGlite(folder, { initDbStartParams: ['--set=shared_buffers=16MB', '--wal-segsize=1'] });
  await database.exec('create table if not exists counter (number int, filler text) with (fillfactor = 10)');
  await database.exec("insert into counter select 0, '' where not exists (select from counter)");
  const { rows } = await database.query<{ number: number }>('select number from counter');
  let number = rows[0]?.number ?? 0;
  process.stdout.write(`found ${number}\n`);
  for (;;) {
    number += 1;
    try {
      await database.query('update counter set number = $1, filler = $2', [number, String(number).repeat(100)]);
      process.stdout.write(`${number}\n`);
    } catch (error) {
      process.stdout.write(`error: ${(error as Error).message}\n`);
      await sleep(1_000);
    }
    await new Promise(setImmediate);
  }
}

interface Writer {
  readonly child: ChildProcess;
  readonly lines: string[];
}

function startWriter(disk: string): Writer {
  const child = spawn(process.execPath, [...process.execArgv, import.meta.filename, 'write', join(disk, 'postgres')], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => lines.push(...chunk.toString().trimEnd().split('\n')));
  return { child, lines };
}

const say = (text: string) => process.stdout.write(`${text}\n`);
const isAlive = ({ child }: Writer) => child.exitCode === null && child.signalCode === null;
const lastNumber = ({ lines }: Writer) => Number(lines.findLast((line) => /^\d+$/.test(line)));
const untilWritten = async (writer: Writer) => {
  while (Number.isNaN(lastNumber(writer))) await sleep(100);
};

async function run(disk: string): Promise<void> {
  const writer = startWriter(disk);
  await untilWritten(writer);
  await sleep(WATCHED_MS);
  say(`1. PGlite writes; the last acknowledged number is ${lastNumber(writer)}.`);
  fill(join(disk, 'filler'));
  await sleep(WATCHED_MS);
  const last = lastNumber(writer);
  say(`2. The disk is full. Last number ${last}; last line: "${writer.lines.at(-1)}".`);
  const lineCount = writer.lines.length;
  await sleep(WATCHED_MS);
  say(`3. ${WATCHED_MS / 1_000} seconds later: ${writer.lines.length - lineCount} further lines.`);
  rmSync(join(disk, 'filler'));
  await sleep(WATCHED_MS);
  say(`4. ${WATCHED_MS / 1_000} seconds after room was made: ${writer.lines.length - lineCount} further lines.`);
  writer.child.kill('SIGTERM');
  await sleep(WATCHED_MS);
  const cpu = execFileSync('ps', ['-o', 'pcpu=', '-p', String(writer.child.pid)])
    .toString()
    .trim();
  say(
    `5. ${WATCHED_MS / 1_000} seconds after SIGTERM: the process ${isAlive(writer) ? 'runs' : 'has ended'}, CPU ${cpu} %.`,
  );
  writer.child.kill('SIGKILL');
  const next = startWriter(disk);
  await untilWritten(next);
  say(`6. After SIGKILL and a restart: ${next.lines[0]} (acknowledged: ${last}).`);
  next.child.kill('SIGKILL');
}

if (mode === 'write') await write();
else await withSmallDisk(120, run);
