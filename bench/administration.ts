import { parseArgs } from 'node:util';
import pg from 'pg';
import type { Reader } from '../src/database/read/select.js';
import { clonePostgresql } from '../test/support/clone-postgresql.ts';
import { manyAccounts } from '../test/support/many-accounts.ts';
import { byHand, questions, type Question } from './administration-questions.ts';
import { countUsers, findUsers, migrate, openPostgresql } from './built.ts';

/**
 * Measures how an administrator finds users among a million accounts (docs/evidence/measurements.md): plan, pages read
 * and time of each list, search, filter and order, compared with handwritten SQL. Run with `npm run
 * bench:administration -- --accounts 100000`.
 */
const {
  values: { accounts },
} = parseArgs({ options: { accounts: { type: 'string', default: '1000000' } } });

const PAGE = 20;
/** The fastest of these runs counts, because other load on the machine only adds time. */
const RUNS = 5;

interface Step {
  'Node Type': string;
  'Index Name'?: string;
  'Relation Name'?: string;
  Plans?: Step[];
}
interface Explained {
  readonly steps: string;
  readonly buffers: number;
  readonly ms: number;
}

const place = await clonePostgresql(
  process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres',
  'template1',
);
const client = new pg.Client({ connectionString: place.url });
const database = await openPostgresql(place.url);

/** The indexes that a plan reads, and the tables that it scans without one. */
const stepsOf = (step: Step): string[] => [
  ...(step['Index Name']
    ? [step['Index Name']]
    : step['Node Type'].includes('Seq Scan')
      ? [`${step['Node Type']} of ${step['Relation Name']}`]
      : []),
  ...(step.Plans ?? []).flatMap(stepsOf),
];

async function explain(text: string, values: readonly unknown[] = []): Promise<Explained> {
  const runs: Explained[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const {
      rows: [row],
    } = await client.query(`explain (analyze, buffers, format json) ${text}`, [...values]);
    const [{ Plan: plan, 'Execution Time': ms, 'Planning Time': planningMs }] = row['QUERY PLAN'];
    runs.push({
      steps: [...new Set(stepsOf(plan))].join(', '),
      buffers: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'],
      ms: ms + planningMs,
    });
  }
  return runs.reduce((least, run) => (run.ms < least.ms ? run : least));
}

/** The statement that Postern sends. */
async function sent({ selection, order, after, count }: Question): Promise<[string, readonly unknown[]]> {
  const statements: [string, readonly unknown[]][] = [];
  const reader: Reader = {
    ...database.reader,
    runAdHoc: (text, values) => {
      statements.push([text, values]);
      return Promise.resolve([]);
    },
  };
  await (count
    ? countUsers(reader, selection)
    : findUsers(reader, selection, order, { after, before: null, size: PAGE, backward: false }));
  return statements[0]!;
}

const shown = ({ ms, buffers, steps }: Explained) =>
  `${ms.toFixed(1).padStart(8)} ms ${String(buffers).padStart(7)} pages  ${steps}`;

try {
  await migrate(database);
  await client.connect();
  console.log(`making ${accounts} accounts …`);
  await client.query(manyAccounts(Number(accounts)));
  await client.query('vacuum analyze');
  for (const question of questions) {
    console.log(
      `\n${question.title}\n  Postern ${shown(await explain(...(await sent(question))))}\n  by hand ${shown(await explain(byHand(question, PAGE + 1)))}`,
    );
  }
} finally {
  await client.end();
  await database.close();
  await place.drop();
}
