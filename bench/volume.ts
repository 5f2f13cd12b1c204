import { parseArgs } from 'node:util';
import pg from 'pg';
import type { Reader } from '../src/database/read/select.js';
import { clonePostgresql } from '../test/support/clone-postgresql.ts';
import { minimumIdAt, fork, createPartitions, migrate, formatMonth, toMonth, openPostgresql } from './built.ts';
import { openExplainingReader, type Explanation } from './explaining-reader.ts';
import { filtersOf, pagesOf, rareOf, sharesOf, sumsOf, type Question } from './usage-questions.ts';
import { knownAccounts, loadUsage, type Time } from './usage-rows.ts';

/**
 * Measures lists and sums of usage with few and with many logs: PostgreSQL explains each statement that Postern builds
 * (docs/evidence/measurements.md). `npm run bench:volume` takes minutes; `-- --rows 1000000` is faster.
 */
const { values } = parseArgs({ options: { rows: { type: 'string', default: '10000000' } } });
const FEW = 10_000;
const MANY = Number(values.rows);

/** Thirteen whole months, up to the one before this month. */
const thisMonth = toMonth(new Date());
const all: Time = { from: toMonth(thisMonth, -13), to: thisMonth };
const month: Time = { from: toMonth(thisMonth, -7), to: toMonth(thisMonth, -6) };
const year: Time = {
  from: new Date(all.from.getTime() + 30 * 60_000),
  to: new Date(all.from.getTime() + 365 * 24 * 3_600_000 + 17_000),
};
const LIMIT_MS = 50;
const RATIO = 1.5;

type Answers = Record<'pages' | 'sums' | 'rare', Map<string, Explanation[]>>;

/** Loads logs into a new database and explains the queries on them. */
async function explainWith(rows: number): Promise<Answers> {
  const place = await clonePostgresql(
    process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres',
    'template1',
  );
  const client = new pg.Client({ connectionString: place.url });
  const database = await openPostgresql(place.url);
  try {
    await migrate(database);
    await createPartitions(fork(database), thisMonth, all.from);
    await client.connect();
    const start = performance.now();
    await loadUsage(client, rows, all);
    const {
      rows: [sizes],
    } = await client.query<Record<'totals' | 'memory', string>>(
      "select (select count(*) from usage_totals) as totals, current_setting('shared_buffers') as memory",
    );
    console.log(
      `${rows.toLocaleString('en')} logs and ${Number(sizes!.totals).toLocaleString('en')} totals loaded in ${Math.round((performance.now() - start) / 1_000)} s; the database’s memory is ${sizes!.memory}`,
    );
    return await explain(database.reader, await questions(client, rows));
  } finally {
    await client.end();
    await database.close();
    await place.drop();
  }
}

async function questions(client: pg.Client, rows: number): Promise<Record<keyof Answers, Question[]>> {
  const { account, busiest } = await knownAccounts(client);
  const filters = filtersOf(account, month, `request-${rows * 0.6}`);
  const middle = minimumIdAt(new Date((all.from.getTime() + all.to.getTime()) / 2));
  const hours: Time = { from: month.from, to: new Date(month.from.getTime() + 400 * 3_600_000) };
  return {
    pages: Object.entries(filters).flatMap(([name, filter]) => [
      pagesOf(`one account, ${name}`, account.accountId, filter, middle),
      pagesOf(`all accounts, ${name}`, null, filter, middle),
    ]),
    sums: [
      ['somebody', account.accountId],
      ['the busiest', busiest.accountId],
      ['everybody', null],
    ]
      .flatMap(([name, accountId]) => [
        sumsOf(`${name}, a month`, accountId!, month),
        sumsOf(`${name}, a year and its edges`, accountId!, year),
        sumsOf(`${name}, a year by days`, accountId!, year, 'DAY'),
        sumsOf(`${name}, a year by days of Berlin`, accountId!, year, 'DAY', {}, 'Europe/Berlin'),
        sumsOf(`${name}, a year by days of Auckland`, accountId!, year, 'DAY', {}, 'Pacific/Auckland'),
        sumsOf(`${name}, a year by months of Kolkata`, accountId!, year, 'MONTH', {}, 'Asia/Kolkata'),
        sumsOf(`${name}, 400 hours`, accountId!, hours, 'HOUR'),
        sumsOf(`${name}, 400 hours of Kolkata`, accountId!, hours, 'HOUR', {}, 'Asia/Kolkata'),
        sharesOf(`${name}, a month by model`, accountId!, month, 'MODEL'),
        sharesOf(`${name}, a year by key`, accountId!, year, 'CALL_KEY'),
        sumsOf(`${name}, a model in a year`, accountId!, year, null, { model: 'model-3' }),
      ])
      .concat(sumsOf('everybody, a key in a year', null, year, null, { callKeyId: busiest.callKeyId })),
    rare: [
      rareOf('everybody, a model that never failed, errors', null, { model: 'model-7', type: 'ERROR' }),
      rareOf('everybody, a key that never called a model', null, { callKeyId: busiest.callKeyId, model: 'model-7' }),
      rareOf('everybody, the same among errors', null, {
        callKeyId: busiest.callKeyId,
        model: 'model-7',
        type: 'ERROR',
      }),
      rareOf('the busiest, a key that never called a model', busiest.accountId, {
        callKeyId: busiest.callKeyId,
        model: 'model-7',
      }),
      rareOf('the busiest, a key that they have not', busiest.accountId, { callKeyId: account.callKeyId }),
      rareOf('the busiest, a key that they have not, answers', busiest.accountId, {
        callKeyId: account.callKeyId,
        type: 'CONSUME',
      }),
    ],
  };
}

async function explain(opened: Reader, asked: Record<keyof Answers, Question[]>): Promise<Answers> {
  const { reader, take } = openExplainingReader(opened);
  const answers: Answers = { pages: new Map(), sums: new Map(), rare: new Map() };
  for (const kind of ['pages', 'sums', 'rare'] as const) {
    for (const { title, ask } of asked[kind]) {
      await ask({ reader, now: new Date() } as never);
      answers[kind].set(title, take());
    }
  }
  return answers;
}

/**
 * Prints the cost of each query with few and with many logs. A query of several pages counts by its most expensive
 * page.
 */
function print(
  title: string,
  few: Map<string, Explanation[]>,
  many: Map<string, Explanation[]>,
  judge: (ratio: number, ms: number) => string,
): void {
  console.log(`\n${title.padEnd(56)}${'pages read'.padStart(20)}${'ratio'.padStart(8)}${'ms'.padStart(18)}`);
  for (const [question, explanations] of many) {
    const before = few.get(question)!;
    const most = (of: readonly Explanation[], what: 'buffers' | 'executionMs') =>
      Math.max(...of.map((explanation) => explanation[what]));
    const [ratio, ms] = [most(explanations, 'buffers') / most(before, 'buffers'), most(explanations, 'executionMs')];
    const [pages, times] = [
      `${most(before, 'buffers')} → ${most(explanations, 'buffers')}`,
      `${most(before, 'executionMs').toFixed(2)} → ${ms.toFixed(2)}`,
    ];
    const missed = Math.max(...explanations.map(({ buffers, inMemory }) => 1 - inMemory / Math.max(1, buffers)));
    console.log(
      `${question.padEnd(56)}${pages.padStart(20)}${ratio.toFixed(2).padStart(8)}${times.padStart(18)}  ${judge(ratio, ms)}${missed > 0.1 ? ` (${Math.round(missed * 100)} % of the pages were not in the database’s memory)` : ''}`,
    );
  }
}

/** @throws when the sum of a month read partitions of other months */
function requireOneMonth(sums: Map<string, Explanation[]>): void {
  for (const [question, explanations] of sums) {
    const strange = explanations
      .flatMap(({ partitions }) => [...partitions])
      .filter((partition) => !partition.endsWith(formatMonth(month.from).replace('-', '_')));
    if (question.endsWith('a month') && strange.length > 0) throw new Error(`${question}: read ${strange.join(', ')}`);
  }
  console.log('\nThe sum of a month reads that month’s partitions and no other.');
}

const few = await explainWith(FEW);
const many = await explainWith(MANY);
console.log(`\n${FEW.toLocaleString('en')} logs → ${MANY.toLocaleString('en')} logs`);
print('six pages of 50 each, the most expensive', few.pages, many.pages, (ratio) =>
  ratio > RATIO ? `over ${RATIO}` : '',
);
print('sums', few.sums, many.sums, (_ratio, ms) => (ms > LIMIT_MS ? `over ${LIMIT_MS} ms` : ''));
requireOneMonth(many.sums);
print('nothing, by filters that each find much', few.rare, many.rare, () => '');
