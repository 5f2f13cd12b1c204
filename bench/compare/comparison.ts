import { median } from '../statistics.ts';

/** The CPU time per request in one round (in ms). */
export interface Cpu {
  readonly server: number;
  readonly database: number;
}

/** The parts of the CPU time to compare. */
export const parts = ['server', 'database', 'total'] as const;
type Part = (typeof parts)[number];

/** The CPU times of two revisions for one job. The same index in both lists is the same round. */
export interface Comparison {
  readonly other: readonly Cpu[];
  readonly tree: readonly Cpu[];
}

const of = (part: Part, { server, database }: Cpu): number => ({ server, database, total: server + database })[part];

/** The median of a part over the rounds of one revision. */
export const medianOf = (part: Part, rounds: readonly Cpu[]): number => median(rounds.map((cpu) => of(part, cpu)));

/** The other revision's CPU time divided by the tree's, per round. Above 1, the tree is faster. */
export const ratiosOf = (part: Part, { other, tree }: Comparison): number[] =>
  other.map((cpu, round) => of(part, cpu) / of(part, tree[round]!));
