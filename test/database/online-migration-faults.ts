import type { Migration } from '@mikro-orm/migrations';

/** A migration class, as `src/migrations/index.ts` lists it. */
export type MigrationClass = new (driver: never, config: never) => Migration;

/** A statement that would lock a large table for long, or that the previous release can't work with. */
export interface OnlineFault {
  readonly statement: string;
  /** What is wrong, and what to do. */
  readonly advice: string;
}

/** Tables that stay small in every installation, so that no statement locks them for long. */
const smallTables = ['key_canaries', 'migrations', 'retired_username_keys', 'setup_tokens', 'signing_keys'];

/** Statements that lock nothing, or lock it briefly. */
const harmless =
  /^(?:create table|create (?:or replace )?function|create extension if not exists|create trigger|drop (?:trigger|function|index) |comment on)/;

/** Values that PostgreSQL stores once for all rows, instead of rewriting the table. */
const constant =
  /^(?:'(?:[^']|'')*'|-?\d+(?:\.\d+)?|true|false|null|now\(\)|current_timestamp)(?:::[a-z]+(?:\[\])?)?(?: (?:not )?null)?$/;

const advices = {
  index:
    'It blocks changes until the index is built. List the index in src/migrations/concurrent-indexes.ts instead; an index of a partitioned table is created for each partition (decision 054).',
  rows: 'It changes rows while the transaction holds its locks. Let the code treat old rows as they are, or change them in pages after the start (changeInPages).',
  columnConstraint: 'It checks or rewrites every row. Add the column alone, and the constraint as "not valid".',
  notNull: 'It fails if the table has rows. Let the column be null, or give it a constant default.',
  volatile: 'It rewrites the table. Use a constant default, or none and a value that the code writes.',
  validated: 'It checks every row under a lock. End it with "not valid"; migrate validates it after its transaction.',
  uniqueConstraint:
    'It builds an index under a lock. List a unique index in src/migrations/concurrent-indexes.ts instead.',
  validate: 'It holds the locks of the transaction while it reads every row. Leave it out: migrate validates later.',
  setNotNull: 'It reads every row under a lock. Add a check constraint "… is not null" as "not valid" instead.',
  dropDefault: 'The previous release adds rows without this column. Keep the default, and drop it in a later release.',
  type: 'It rewrites the table. Add a column instead, and let the code write both.',
  previous: 'The previous release still uses it. Remove it in a release after the one that stopped using it.',
  unknown: 'This check does not know it. Teach test/database/online-migration-faults.ts whether it locks a table.',
  hidden: 'It runs statements with execute() or an entity manager, which this check does not see. Use addSql().',
};

/** Lists what a migration does that a large table or a rolling upgrade does not survive (decision 054). */
export async function findOnlineFaults(migration: MigrationClass): Promise<OnlineFault[]> {
  const statements = await readStatements(migration);
  if (statements === null) return [{ statement: migration.name, advice: advices.hidden }];
  const created = new Set(
    statements.flatMap((statement) => /^create table (?:if not exists )?"?(\w+)/.exec(statement)?.[1] ?? []),
  );
  return statements.flatMap((statement) =>
    [...statementFaults(statement, created), ...droppedDefaults(statement, statements)].map((advice) => ({
      statement,
      advice,
    })),
  );
}

/** The statements of a migration, in one line and lower case each; null if it runs some that it does not list. */
async function readStatements(Migration: MigrationClass): Promise<string[] | null> {
  let isHidden = false;
  const driver = new Proxy(
    {},
    {
      get: () => () => {
        isHidden = true;
        return {};
      },
    },
  );
  const migration = new Migration(driver as never, {} as never);
  await Promise.resolve(migration.up()).catch(() => {
    isHidden = true;
  });
  if (isHidden) return null;
  return migration.getQueries().flatMap((query) => split((query as string).replace(/--[^\n]*/g, ''), ';'));
}

function statementFaults(statement: string, created: ReadonlySet<string>): string[] {
  const altered = /^alter table (?:if exists )?(?:only )?"?(\w+)"? (.*)$/.exec(statement);
  if (altered) {
    const [, table = '', actions = ''] = altered;
    return created.has(table) ? [] : split(actions, ',').flatMap((action) => actionFault(action, table) ?? []);
  }
  const indexed = /^create (?:unique )?index .*? on (?:only )?"?(\w+)/.exec(statement)?.[1];
  if (indexed !== undefined) return isFree(indexed, created) ? [] : [advices.index];
  const changed = /^(?:update|delete from|insert into) (?:only )?"?(\w+)/.exec(statement)?.[1];
  if (changed !== undefined) return isFree(changed, created) ? [] : [advices.rows];
  if (/^drop table/.test(statement)) return [advices.previous];
  return harmless.test(statement) ? [] : [advices.unknown];
}

/** The faults of a statement that drops the default of a column which the migration adds as not null. */
function droppedDefaults(statement: string, statements: readonly string[]): string[] {
  const [, table = '', actions = ''] = /^alter table (\S+) (.*)$/.exec(statement) ?? [];
  return [...actions.matchAll(/alter (?:column )?(\S+) drop default/g)].flatMap(([, column = '']) =>
    statements.some((other) => other.startsWith(`alter table ${table} `) && addsNotNull(other, column))
      ? [advices.dropDefault]
      : [],
  );
}

const addsNotNull = (statement: string, column: string) =>
  split(statement.replace(/^alter table \S+ /, ''), ',').some(
    (action) => / not null/.test(action) && /^add (?:column )?(\S+)/.exec(action)?.[1] === column,
  );

const isFree = (table: string, created: ReadonlySet<string>) => created.has(table) || smallTables.includes(table);

/** The fault of one action of `alter table`; null if there is none. */
function actionFault(action: string, table: string): string | null {
  if (/^(?:drop (?:column )?(?!constraint)|rename )/.test(action)) return advices.previous;
  if (
    /^(?:drop constraint|alter (?:column )?"?\w+"? (?:drop not null|drop default|set default|set statistics))/.test(
      action,
    )
  )
    return null;
  if (smallTables.includes(table)) return null;
  if (/^validate constraint/.test(action)) return advices.validate;
  if (/^alter (?:column )?"?\w+"? set not null/.test(action)) return advices.setNotNull;
  if (/^alter (?:column )?"?\w+"? (?:set data )?type/.test(action)) return advices.type;
  if (/^add constraint/.test(action)) return constraintFault(action);
  if (/^add (?:column )?(?:if not exists )?"?\w+"? /.test(action)) return columnFault(action);
  return advices.unknown;
}

function constraintFault(action: string): string | null {
  if (/ (?:unique|primary key) using index /.test(action)) return null;
  if (/^add constraint "?\w+"? (?:unique|primary key|exclude)/.test(action)) return advices.uniqueConstraint;
  return / not valid$/.test(action) ? null : advices.validated;
}

function columnFault(action: string): string | null {
  const [definition = '', value] = action.split(/ default /);
  if (/ (?:unique|primary key|references|check|generated|\w*serial)\b/.test(action)) return advices.columnConstraint;
  if (value !== undefined) return constant.test(value) ? null : advices.volatile;
  return / not null$/.test(definition) ? advices.notNull : null;
}

/** Splits SQL at a separator outside of quotes and parentheses, and normalizes white space and case. */
function split(sql: string, separator: ',' | ';'): string[] {
  const parts = [''];
  let depth = 0;
  for (const token of sql.match(/\$\$[\s\S]*?\$\$|'(?:[^']|'')*'|"[^"]*"|[\s\S]/g) ?? []) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (token === separator && depth === 0) parts.push('');
    else parts.push((parts.pop() ?? '') + token);
  }
  return parts.map((part) => part.trim().replace(/\s+/g, ' ').toLowerCase()).filter((part) => part !== '');
}
