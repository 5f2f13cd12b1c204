import type { TypedDocumentNode } from 'urql';
import { graphql } from '../api/graphql.js';
import type {
  AllUsageLogsFilter,
  MyUsageLogsQuery,
  MyUsageQuery,
  UsageInterval,
  UsageType,
} from '../generated/graphql.js';
import type { PageArguments } from '../elements/pages.js';

const MyUsage = graphql(`
  query MyUsage($filter: UsageLogFilter, $interval: UsageInterval!) {
    me {
      id
      usageSummary(filter: $filter) { requests errors promptTokens completionTokens quota requestsPerMinute tokensPerMinute }
      usageSeries(filter: $filter, interval: $interval) { at requests tokens quota }
    }
  }
`);

const AllUsage = graphql(`
  query AllUsage($filter: AllUsageLogsFilter, $interval: UsageInterval!) {
    usageSummary(filter: $filter) { requests errors promptTokens completionTokens quota requestsPerMinute tokensPerMinute }
    usageSeries(filter: $filter, interval: $interval) { at requests tokens quota }
  }
`);

const MyUsageLogs = graphql(`
  query MyUsageLogs($filter: UsageLogFilter, $first: Int, $after: String, $last: Int, $before: String) {
    me {
      id
      usageLogs(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
        edges { cursor node { id at type callKeyName callKey { id } model promptTokens completionTokens quota latencyMs requestId ip } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }
  }
`);

const AllUsageLogs = graphql(`
  query AllUsageLogs($filter: AllUsageLogsFilter, $first: Int, $after: String, $last: Int, $before: String) {
    usageLogs(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
      edges { cursor node { id at type callKeyName callKey { id } model promptTokens completionTokens quota latencyMs requestId ip } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
`);

/** The user's keys, for the filter by key. */
export const MyKeyNames = graphql(`
  query MyKeyNames { me { id callKeys(first: 100) { edges { cursor node { id name } } } } }
`);

/** The totals of usage, and usage over time. */
export type UsageData = Pick<NonNullable<MyUsageQuery['me']>, 'usageSummary' | 'usageSeries'>;
/** A page of logs. */
export type Logs = Pick<NonNullable<MyUsageLogsQuery['me']>, 'usageLogs'>;
/** One AI call. */
export type Log = NonNullable<Logs['usageLogs']>['edges'][number]['node'];

/** The queries for usage: below `me` for the user's own, at the root for all users. */
interface UsageQueries {
  readonly usage: TypedDocumentNode<
    UsageData & { readonly me?: UsageData | null },
    { filter: AllUsageLogsFilter; interval: UsageInterval }
  >;
  readonly logs: TypedDocumentNode<
    Logs & { readonly me?: Logs | null },
    PageArguments & { filter: AllUsageLogsFilter }
  >;
}

/** The user's own usage, and that of all users for administrators. */
export const usageQueries: { readonly own: UsageQueries; readonly all: UsageQueries } = {
  own: { usage: MyUsage, logs: MyUsageLogs } as UsageQueries,
  all: { usage: AllUsage, logs: AllUsageLogs },
};

/** Every result of an AI call. */
export const usageTypes: readonly UsageType[] = ['CONSUME', 'ERROR'];
