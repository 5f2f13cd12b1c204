import type { TypedDocumentNode } from 'urql';
import { graphql } from '../api/graphql.js';
import type {
  AllUsageLogsFilter,
  AllUsageSharesQuery,
  MyUsageLogsQuery,
  MyUsageQuery,
  UsageDimension,
  UsageInterval,
  UsageType,
} from '../generated/graphql.js';
import type { PageArguments } from '../elements/pages.js';

const MyUsage = graphql(`
  query MyUsage($filter: UsageLogFilter, $interval: UsageInterval!, $timeZone: String!) {
    me {
      id
      usageSummary(filter: $filter) { requests errors promptTokens completionTokens quota requestsPerMinute tokensPerMinute }
      usageSeries(filter: $filter, interval: $interval, timeZone: $timeZone) { at requests errors tokens quota }
    }
  }
`);

const AllUsage = graphql(`
  query AllUsage($filter: AllUsageLogsFilter, $interval: UsageInterval!, $timeZone: String!) {
    usageSummary(filter: $filter) { requests errors promptTokens completionTokens quota requestsPerMinute tokensPerMinute }
    usageSeries(filter: $filter, interval: $interval, timeZone: $timeZone) { at requests errors tokens quota }
  }
`);

const MyUsageShares = graphql(`
  query MyUsageShares($filter: UsageLogFilter, $by: UsageDimension!) {
    me {
      id
      usageBreakdown(filter: $filter, by: $by, first: 5) { label requests errors tokens quota callKey { id } }
    }
  }
`);

const AllUsageShares = graphql(`
  query AllUsageShares($filter: AllUsageLogsFilter, $by: UsageDimension!) {
    usageBreakdown(filter: $filter, by: $by, first: 5) {
      label requests errors tokens quota
      callKey { id }
      user { id username }
    }
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
      edges { cursor node { id at type callKeyName callKey { id } user { id username } model promptTokens completionTokens quota latencyMs requestId ip } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
`);

/** The user's keys, for the filter by key. */
export const MyKeyNames = graphql(`
  query MyKeyNames { me { id callKeys(first: 100) { edges { cursor node { id name } } } } }
`);

/** The totals of usage, and its series over time. */
export type UsageData = Pick<NonNullable<MyUsageQuery['me']>, 'usageSummary' | 'usageSeries'>;
/** One period of the series. */
export type Point = NonNullable<UsageData['usageSeries']>[number];
type AnyShare = NonNullable<AllUsageSharesQuery['usageBreakdown']>[number];
/** One share of usage. Only administrators see the users of shares. */
export type Share = Omit<AnyShare, 'user'> & { readonly user?: AnyShare['user'] };
/** The largest shares of usage, and the rest. */
export interface SharesData {
  readonly usageBreakdown?: readonly Share[] | null;
}
/** A page of logs. */
export type Logs = Pick<NonNullable<MyUsageLogsQuery['me']>, 'usageLogs'>;
/** One AI call. Only administrators see whose it is. */
export type Log = NonNullable<Logs['usageLogs']>['edges'][number]['node'] & {
  readonly user?: { readonly id: string; readonly username: string } | null;
};

/** The queries for usage: fields of `me` for the user's own, root fields for all users. */
interface UsageQueries {
  readonly usage: TypedDocumentNode<
    UsageData & { readonly me?: UsageData | null },
    { filter: AllUsageLogsFilter; interval: UsageInterval; timeZone: string }
  >;
  readonly shares: TypedDocumentNode<
    SharesData & { readonly me?: SharesData | null },
    { filter: AllUsageLogsFilter; by: UsageDimension }
  >;
  readonly logs: TypedDocumentNode<
    Logs & { readonly me?: Logs | null },
    PageArguments & { filter: AllUsageLogsFilter }
  >;
}

/** The user's own usage, and that of all users for administrators. */
export const usageQueries: { readonly own: UsageQueries; readonly all: UsageQueries } = {
  own: { usage: MyUsage, shares: MyUsageShares, logs: MyUsageLogs } as UsageQueries,
  all: { usage: AllUsage, shares: AllUsageShares, logs: AllUsageLogs },
};

/** All results of an AI call. */
export const usageTypes: readonly UsageType[] = ['CONSUME', 'ERROR'];
