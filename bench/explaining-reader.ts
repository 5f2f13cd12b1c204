import pg from 'pg';
import type { Reader } from '../src/database/read/select.js';

/** How the database executed a statement. */
export interface Explanation {
  /** Pages of 8 KiB that it read, and how many of them were in its cache. */
  readonly buffers: number;
  readonly inMemory: number;
  /** The fastest of several runs (in ms). */
  readonly executionMs: number;
  /** The partitions that it read, without the pruned ones. */
  readonly partitions: ReadonlySet<string>;
}

interface Plan {
  readonly 'Relation Name'?: string;
  readonly 'Actual Loops': number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly Plan[];
}

interface Explained {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: Plan; readonly 'Execution Time': number }];
}

/**
 * How often a statement runs before it is explained. From the sixth run on, PostgreSQL may keep one plan for all
 * values, as it does on a server that has run for a while.
 */
const RUNS_BEFORE = 6;
const RUNS = 5;

const EXPLAIN = 'explain (analyze, buffers, timing off, format json)';

/**
 * A reader that explains the statements it executes, over Postern's own PostgreSQL connections. A statement prepared
 * there can be explained by its name.
 */
export function openExplainingReader(reader: Reader) {
  const known = new Set<string>();
  let explanations: Explanation[] = [];
  let asked = 0;

  const explain = async (run: () => Promise<readonly object[]>): Promise<void> => {
    const plans: Explained['QUERY PLAN'][0][] = [];
    for (let turn = 0; turn < RUNS; turn += 1) plans.push(((await run()) as readonly Explained[])[0]!['QUERY PLAN'][0]);
    const { Plan } = plans.at(-1)!;
    explanations.push({
      buffers: Plan['Shared Hit Blocks'] + Plan['Shared Read Blocks'],
      inMemory: Plan['Shared Hit Blocks'],
      executionMs: Math.min(...plans.map((plan) => plan['Execution Time'])),
      partitions: new Set(
        nodesOf(Plan).flatMap((node) => (node['Actual Loops'] > 0 ? (node['Relation Name'] ?? []) : [])),
      ),
    });
  };

  return {
    reader: {
      run: async (statement: { name: string; text: string }, values: readonly unknown[]) => {
        for (let run = known.has(statement.name) ? RUNS_BEFORE : 0; run < RUNS_BEFORE; run += 1)
          await reader.run(statement, values);
        known.add(statement.name);
        const text = `${EXPLAIN} execute ${pg.escapeIdentifier(statement.name)} (${values.map(literal).join(', ')})`;
        await explain(() => reader.run({ name: `explanation ${(asked += 1)}`, text }, []));
        return reader.run(statement, values);
      },
      runAdHoc: async (text: string, values: readonly unknown[]) => {
        await explain(() => reader.runAdHoc(`${EXPLAIN} ${text}`, values));
        return reader.runAdHoc(text, values);
      },
      close: () => Promise.resolve(),
    },
    /** The explanations since the last call. */
    take: (): Explanation[] => {
      const taken = explanations;
      explanations = [];
      return taken;
    },
  };
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** A value as a literal in EXECUTE, which accepts no parameters. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return pg.escapeLiteral(`{${value.join(',')}}`);
  return pg.escapeLiteral(value instanceof Date ? value.toISOString() : String(value as string | number | bigint));
}
