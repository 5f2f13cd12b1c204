import { parseArgs } from 'node:util';
import { measureAgainstLimits } from './against-limits.ts';
import { compareWith } from './compare/compare-with.ts';

/**
 * Measures Postern (docs/evidence/measurements.md) against its limits, or with `--compare REV` against another
 * revision. `--rounds 9` sets the number of rounds, and `--only NAME` selects one load; with `--compare` it can be
 * repeated.
 */
const {
  values: { compare, rounds, only = [] },
} = parseArgs({
  options: { compare: { type: 'string' }, rounds: { type: 'string' }, only: { type: 'string', multiple: true } },
});

if (compare === undefined) await measureAgainstLimits(Number(rounds ?? 5), only[0]);
else await compareWith(compare, Number(rounds ?? 10), only);
