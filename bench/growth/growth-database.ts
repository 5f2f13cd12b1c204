import { argon2id, hash } from 'argon2';
import type { CleanUp } from '../compare/clean-up.ts';
import { dropDatabase, fillDatabase, scaleOf } from './filled-database.ts';
import { measuredRows } from './measured-rows.ts';

/** The password of every filled account, and the cost of its hash: the least, since hashing would hide the rest. */
export const PASSWORD = 'Quiet-Harbour-71';
export const hashing = {
  POSTERN_ARGON2_MEMORY_KIB: '19456',
  POSTERN_ARGON2_ITERATIONS: '2',
  POSTERN_ARGON2_PARALLELISM: '1',
};

/**
 * Creates a database with so many rows of each table that requests read and write. It is dropped at the end, unless it
 * is to be kept for the next run.
 *
 * @returns its address
 */
export async function openGrowthDatabase(rows: number, keep: boolean, cleanUp: CleanUp): Promise<string> {
  const name = `postern_growth_${rows}`;
  console.log(`${rows.toLocaleString('en')} rows of each table:`);
  const start = performance.now();
  const passwordHash = await hash(PASSWORD, {
    type: argon2id,
    memoryCost: Number(hashing.POSTERN_ARGON2_MEMORY_KIB),
    timeCost: Number(hashing.POSTERN_ARGON2_ITERATIONS),
    parallelism: Number(hashing.POSTERN_ARGON2_PARALLELISM),
  });
  const url = await cleanUp.keep(
    () => fillDatabase(name, measuredRows(scaleOf(rows), passwordHash)),
    () => (keep ? Promise.resolve() : dropDatabase(name)),
  );
  console.log(`  ready after ${Math.round((performance.now() - start) / 1_000)} s`);
  return url;
}
