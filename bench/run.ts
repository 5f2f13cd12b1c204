import { parseArgs } from 'node:util';
import { measureAgainstLimits } from './against-limits.ts';
import { compareWith } from './compare/compare-with.ts';

/**
 * Measures Postern (docs/evidence/measurements.md): beside the limits that it is held against, or with `--compare REV`
 * beside another revision of itself. `--rounds 9` plays more or fewer rounds, and `--only NAME` one load; with
 * `--compare` it can be given more than once.
 */
const {
  values: { compare, rounds, only = [] },
} = parseArgs({
  options: { compare: { type: 'string' }, rounds: { type: 'string' }, only: { type: 'string', multiple: true } },
});

if (compare === undefined) await measureAgainstLimits(Number(rounds ?? 5), only[0]);
else await compareWith(compare, Number(rounds ?? 10), only);
