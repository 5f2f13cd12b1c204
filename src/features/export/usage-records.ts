import { toGlobalId } from '../../rules/global-id.js';
import { findUsageLogs, type UsageLogRow } from '../usage/find-usage-logs.js';
import type { UsageSelection } from '../usage/usage-filter.js';
import type { ExportContext } from './export-context.js';
import { readPages } from './read-pages.js';

/** The columns of exported usage: the fields of UsageLog, with the id of the call key, which may be deleted. */
export const usageColumns = [
  'id',
  'at',
  'type',
  'callKeyName',
  'model',
  'promptTokens',
  'completionTokens',
  'quota',
  'latencyMs',
  'requestId',
  'ip',
  'callKeyId',
] as const;

/** The columns of the usage of all accounts, which also say whose call it was. */
export const allUsageColumns = [...usageColumns, 'userId'] as const;

/** An exported AI call. */
export type UsageRecord = ReturnType<typeof toUsageRecord>;

const toUsageRecord = ({ id, accountId, callKeyId, ...row }: UsageLogRow) => ({
  ...row,
  id: toGlobalId('UsageLog', id),
  callKeyId: toGlobalId('CallKey', callKeyId),
  userId: toGlobalId('User', accountId),
});

/** Yields the AI calls that a filter finds, page by page, newest first. @param accountId null for all accounts */
export async function* exportUsage(
  context: ExportContext,
  { accountId, selection }: { readonly accountId: string | null; readonly selection: UsageSelection },
): AsyncGenerator<readonly UsageRecord[]> {
  const accountIds = accountId === null ? null : [accountId];
  for await (const rows of readPages((page) => findUsageLogs(context, accountIds, { selection, page })))
    yield rows.map(toUsageRecord);
}
