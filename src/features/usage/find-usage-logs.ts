import { sql } from 'kysely';
import { hours } from '../../duration.js';
import { MAX_ID, NIL_ID } from '../../database/connection/id.js';
import { fromOwners, rowLimit, type PageRequest } from '../../database/read/keyset.js';
import { selectAdHoc, select, type Db, type Reader, type Select } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import {
  combineConditions,
  getConditions,
  hasIndex,
  getIdRange,
  intersect,
  type Condition,
  type IdRange,
  type UsageSelection,
} from './usage-filter.js';

/** A usage log with the columns that the schema exposes. */
export type UsageLogRow = Awaited<ReturnType<typeof usageLogById>>[number];

interface Parameters extends UsageSelection, IdRange {
  /** Null for all accounts. */
  readonly accountIds: readonly string[] | null;
  /** Rows per account. */
  readonly limit: number;
}

const publicColumns = [
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

/**
 * How far in the future the time of a log can be. A gateway's clock can be 5 minutes ahead, and a wrong clock of the
 * server more.
 */
const MAXIMUM_CLOCK_ERROR_MS = hours(24);

/** The ID range of a page. It excludes the future, so that partitions created ahead are not scanned. */
function getPageIdRange({ from, to }: UsageSelection, { after, before }: PageRequest, now: Date): IdRange {
  const latest = new Date(now.getTime() + MAXIMUM_CLOCK_ERROR_MS);
  const ids = getIdRange({ from, to: to && to < latest ? to : latest });
  // The list is newest first, so the logs after a position have smaller IDs.
  return intersect(ids, { above: before?.id ?? NIL_ID, below: after?.id ?? MAX_ID });
}

const buildPageQuery = (db: Db, names: readonly Condition[], parameters: Parameters, direction: 'asc' | 'desc') =>
  db
    .selectFrom('usage_logs')
    .where('usage_logs.id', '>', parameters.above)
    .where('usage_logs.id', '<', parameters.below)
    .where(sql<boolean>`${combineConditions(names, parameters)}`)
    .orderBy('usage_logs.id', direction)
    .limit(sql<number>`${parameters.limit}`)
    .select(publicColumns);

const buildPageQueryPerAccount = (
  db: Db,
  names: readonly Condition[],
  parameters: Parameters,
  direction: 'asc' | 'desc',
) =>
  fromOwners(db, parameters.accountIds ?? [])
    .innerJoinLateral(
      () =>
        buildPageQuery(db, names, parameters, direction)
          .where(sql<boolean>`usage_logs.account_id = owners.account_id`)
          .as('log'),
      (join) => join.onTrue(),
    )
    .selectAll('log');

const statements = new Map<string, Select<Parameters, UsageLogRow>>();

/** Compiles the statement of a combination of conditions on first use (decision 020). */
function getStatement(names: readonly Condition[], perAccount: boolean, backward: boolean) {
  const direction = backward ? 'asc' : 'desc';
  const name = ['usage_logs', perAccount ? 'of_accounts' : 'of_all', direction, ...names].join('_');
  const build = (db: Db, parameters: Parameters) =>
    (perAccount ? buildPageQueryPerAccount : buildPageQuery)(db, names, parameters, direction);
  const isHot = perAccount && hasIndex(names);
  const statement = statements.get(name) ?? (isHot ? select(name, build) : selectAdHoc(build));
  statements.set(name, statement);
  return statement;
}

/** Finds the rows of a page of logs for each account, or for all accounts together, in one statement. */
export const findUsageLogs = (
  { reader, now }: Pick<RuleContext, 'reader' | 'now'>,
  accountIds: readonly string[] | null,
  { selection, page }: { readonly selection: UsageSelection; readonly page: PageRequest },
): Promise<readonly UsageLogRow[]> =>
  getStatement(
    getConditions(selection),
    accountIds !== null,
    page.backward,
  )(reader, {
    ...selection,
    ...getPageIdRange(selection, page, now),
    accountIds,
    limit: rowLimit(page),
  });

const usageLogById = select('usage_log_by_id', (db, { id }: { id: string }) =>
  db.selectFrom('usage_logs').where('usage_logs.id', '=', id).select(publicColumns),
);

/** Finds one log of any account by ID; null if it is unknown. The caller checks who may see it. */
export async function findUsageLog(reader: Reader, id: string): Promise<UsageLogRow | null> {
  const [row] = await usageLogById(reader, { id });
  return row ?? null;
}
