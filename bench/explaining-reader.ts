import pg from 'pg';
import type { Reader } from '../src/database/read/select.js';

/** What the database did to answer a statement. */
export interface Explanation {
  /** Pages of 8 KiB that it looked at, and how many of them were in its own memory. */
  readonly buffers: number;
  readonly inMemory: number;
  /** The least of some runs (in ms). */
  readonly executionMs: number;
  /** The partitions that it read, without those that it left out. */
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
 * So many times a statement is run before a look: from the sixth on the database may keep one plan for all values, as
 * it does in a server that has run for a while.
 */
const RUNS_BEFORE = 6;
const RUNS = 5;

const EXPLAIN = 'explain (analyze, buffers, timing off, format json)';

/**
 * A reader that Postern's functions are given, and that explains the very statements that they ask, over Postern's own
 * connections to PostgreSQL. A statement that is named there can be executed, and so explained, by its name.
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
      ask: async (text: string, values: readonly unknown[]) => {
        await explain(() => reader.ask(`${EXPLAIN} ${text}`, values));
        return reader.ask(text, values);
      },
      close: () => Promise.resolve(),
    },
    /** What was explained since this was last asked. */
    take: (): Explanation[] => {
      const taken = explanations;
      explanations = [];
      return taken;
    },
  };
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** A value in the text of EXECUTE, which takes no parameters. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return pg.escapeLiteral(`{${value.join(',')}}`);
  return pg.escapeLiteral(value instanceof Date ? value.toISOString() : String(value as string | number | bigint));
}
