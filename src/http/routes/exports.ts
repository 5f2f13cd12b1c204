import type { Quota } from '../../features/attempt/rate-limits.js';
import { exportAccount } from '../../features/export/account-records.js';
import { eventColumns, exportAllEvents, exportOwnEvents } from '../../features/export/event-records.js';
import type { ExportContext } from '../../features/export/export-context.js';
import { formatPages, type ExportFormat } from '../../features/export/format-pages.js';
import type { ExportedData } from '../../features/export/record-export.js';
import { allUsageColumns, exportUsage, usageColumns } from '../../features/export/usage-records.js';
import { parseAllEventsFilter } from '../../features/security-event/security-event-filter.type.js';
import { parseAllUsageFilter } from '../../features/usage/usage-filter.type.js';
import { authDefaults, type AuthRule } from '../../graphql-kit/auth-directive.js';
import { toJsonLines } from '../../text/json-lines.js';
import { readAccountExportQuery, readEventExportQuery, readUsageExportQuery } from '../request/export-query.js';

/** An export that a request asks for. */
export interface Export {
  readonly name: 'usage' | 'events' | 'account';
  readonly format: ExportFormat;
  /** Who may export it. */
  readonly rule: AuthRule;
  /** Whether it is the data of all accounts. */
  readonly ofAll: boolean;
  readonly quota: Quota;
  /** How it is recorded; null if it isn't. */
  readonly recordedAs: ExportedData | null;
  /** Reads its text page by page. */
  readonly read: (context: ExportContext, accountId: string) => AsyncGenerator<string>;
}

const acceptsTokens: AuthRule = { ...authDefaults, requires: 'ADMIN', accepts: ['SESSION', 'API_TOKEN'] };

/** The rules of the fields that list the same rows. */
const usageRule: AuthRule = { ...acceptsTokens, orSelf: true, scope: 'USAGE_READ', adminScope: 'ALL_USAGE_READ' };
const eventRule: AuthRule = { ...acceptsTokens, orSelf: true, scope: 'EVENTS_READ', adminScope: 'ALL_EVENTS_READ' };

/** The export of AI calls that a query asks for. @throws {ParameterError} */
export function toUsageExport(query: unknown): Export {
  const { format, all, filter } = readUsageExportQuery(query);
  const { accountId: selectedId, selection } = parseAllUsageFilter(filter);
  return {
    name: 'usage',
    format,
    rule: usageRule,
    ofAll: all,
    quota: 'usageExports',
    recordedAs: all ? 'ALL_USAGE' : null,
    read: (context, viewerId) => {
      const accountId = all ? selectedId : viewerId;
      return formatPages(exportUsage(context, { accountId, selection }), format, all ? allUsageColumns : usageColumns);
    },
  };
}

/** The export of security events that a query asks for. @throws {ParameterError} */
export function toEventExport(query: unknown): Export {
  const { format, all, filter } = readEventExportQuery(query);
  const { accountId: selectedId, actorId, ...selection } = parseAllEventsFilter(filter);
  return {
    name: 'events',
    format,
    rule: eventRule,
    ofAll: all,
    quota: 'eventExports',
    recordedAs: all ? 'ALL_EVENTS' : null,
    read: (context, viewerId) => {
      const events = all
        ? exportAllEvents(context, { ...selection, accountId: selectedId, actorId })
        : exportOwnEvents(context, viewerId, selection);
      return formatPages(events, format, eventColumns);
    },
  };
}

/** The export of everything that an account has. @throws {ParameterError} */
export function toAccountExport(query: unknown): Export {
  readAccountExportQuery(query);
  return {
    name: 'account',
    format: 'jsonl',
    rule: { ...authDefaults, stepUp: true },
    ofAll: false,
    quota: 'accountExports',
    recordedAs: 'ACCOUNT',
    async *read(context, viewerId) {
      for await (const records of exportAccount(context, viewerId)) yield toJsonLines(records);
    },
  };
}
