import { sql } from 'kysely';
import { question, select, type Reader, type Select } from '../../database/read/select.js';
import type { IdRange, UsageChoice } from './usage-choice.js';
import { conditionsOf, hold, type Condition } from './usage-conditions.js';

type Db = Parameters<Parameters<typeof select>[1]>[0];

/** A log as a list shows it. */
export type UsageLogRow = Awaited<ReturnType<typeof ownUsageLog>>[number];

/** A page of the logs of each of some accounts, or of everybody's. */
export interface WantedUsageLogs extends UsageChoice, IdRange {
  /** Null for everybody's. */
  readonly accountIds: readonly string[] | null;
  /** How many rows, for each account. */
  readonly limit: number;
}

const shownColumns = [
  'usage_logs.id',
  'usage_logs.at',
  'usage_logs.account_id as accountId',
  'usage_logs.call_key_id as callKeyId',
  'usage_logs.call_key_name as callKeyName',
  'usage_logs.type',
  'usage_logs.model',
  'usage_logs.prompt_tokens as promptTokens',
  'usage_logs.completion_tokens as completionTokens',
  'usage_logs.quota',
  'usage_logs.latency_ms as latencyMs',
  'usage_logs.request_id as requestId',
  'usage_logs.ip',
] as const;

const logsBetween = (db: Db, names: readonly Condition[], wanted: WantedUsageLogs, direction: 'asc' | 'desc') =>
  db
    .selectFrom('usage_logs')
    .where('usage_logs.id', '>', wanted.above)
    .where('usage_logs.id', '<', wanted.below)
    .where(sql<boolean>`${hold(names, wanted)}`)
    .orderBy('usage_logs.id', direction)
    .limit(sql<number>`${wanted.limit}`);

const ofEverybody = (names: readonly Condition[], direction: 'asc' | 'desc') => (db: Db, wanted: WantedUsageLogs) =>
  logsBetween(db, names, wanted, direction).select(shownColumns);

const ofAccounts = (names: readonly Condition[], direction: 'asc' | 'desc') => (db: Db, wanted: WantedUsageLogs) =>
  db
    .selectFrom(
      sql<{ account_id: string }>`unnest(${wanted.accountIds}::uuid[])`.as<'owners'>(sql`owners (account_id)`),
    )
    .innerJoinLateral(
      () =>
        logsBetween(db, names, wanted, direction)
          .where(sql<boolean>`usage_logs.account_id = owners.account_id`)
          .select(shownColumns)
          .as('log'),
      (join) => join.onTrue(),
    )
    .selectAll('log');

const statements = new Map<string, Select<WantedUsageLogs, UsageLogRow>>();

/**
 * Whether one index holds a person's filter and the order: each condition by itself, and whatever else goes with a
 * request, of which there is hardly more than one log. Calls that were answered have none, since most are: who has all
 * but failed calls would have them looked through.
 */
const hasItsIndex = (names: readonly Condition[]): boolean =>
  (names.length <= 1 && !names.includes('CONSUME')) || names.includes('requestId');

/**
 * A page of the logs of each of some accounts, or of everybody's, in one statement: newest first, or from the end
 * oldest first. There is a statement for each combination of filters, compiled when it is first asked for, so that each
 * is planned for the index that serves it; one that held them all would serve none. What no index holds may have to
 * look at many logs before it finds one, and everybody's logs are asked for by few: those hold no other read up.
 */
export function findUsageLogs(
  reader: Reader,
  wanted: WantedUsageLogs,
  backward: boolean,
): Promise<readonly UsageLogRow[]> {
  const names = conditionsOf(wanted);
  const direction = backward ? 'asc' : 'desc';
  const name = ['usage_logs', wanted.accountIds ? 'of_accounts' : 'of_everybody', direction, ...names].join('_');
  const page = wanted.accountIds ? ofAccounts(names, direction) : ofEverybody(names, direction);
  const statement =
    statements.get(name) ??
    (wanted.accountIds && hasItsIndex(names)
      ? select<WantedUsageLogs, UsageLogRow>(name, page)
      : question<WantedUsageLogs, UsageLogRow>(page));
  statements.set(name, statement);
  return statement(reader, wanted);
}

const ownUsageLog = select('own_usage_log', (db, { id, accountId }: { id: string; accountId: string }) =>
  db
    .selectFrom('usage_logs')
    .where('usage_logs.id', '=', id)
    .where('usage_logs.account_id', '=', accountId)
    .select(shownColumns),
);

/** One log of an account, by its id; null where there is none, or it is somebody else's. */
export async function findOwnUsageLog(reader: Reader, id: string, accountId: string): Promise<UsageLogRow | null> {
  const [row] = await ownUsageLog(reader, { id, accountId });
  return row ?? null;
}
