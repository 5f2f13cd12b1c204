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

const EverybodysUsage = graphql(`
  query EverybodysUsage($filter: AllUsageLogsFilter, $interval: UsageInterval!) {
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

const EverybodysUsageLogs = graphql(`
  query EverybodysUsageLogs($filter: AllUsageLogsFilter, $first: Int, $after: String, $last: Int, $before: String) {
    usageLogs(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
      edges { cursor node { id at type callKeyName callKey { id } model promptTokens completionTokens quota latencyMs requestId ip } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
`);

/** The names of the viewer's keys, to choose one of. */
export const MyKeyNames = graphql(`
  query MyKeyNames { me { id callKeys(first: 100) { edges { cursor node { id name } } } } }
`);

/** What usage comes to, and over time. */
export type Figures = Pick<NonNullable<MyUsageQuery['me']>, 'usageSummary' | 'usageSeries'>;
/** A page of logs. */
export type Logs = Pick<NonNullable<MyUsageLogsQuery['me']>, 'usageLogs'>;
/** One AI call. */
export type Log = NonNullable<Logs['usageLogs']>['edges'][number]['node'];

/** Where usage is read: below the viewer, or at the root for that of everybody. */
interface Source {
  readonly figures: TypedDocumentNode<
    Figures & { readonly me?: Figures | null },
    { filter: AllUsageLogsFilter; interval: UsageInterval }
  >;
  readonly logs: TypedDocumentNode<
    Logs & { readonly me?: Logs | null },
    PageArguments & { filter: AllUsageLogsFilter }
  >;
}

/** The viewer's own usage, and everybody's, which administrators see. */
export const sources: { readonly mine: Source; readonly everybodys: Source } = {
  mine: { figures: MyUsage, logs: MyUsageLogs } as Source,
  everybodys: { figures: EverybodysUsage, logs: EverybodysUsageLogs },
};

/** How an AI call ends. */
export const usageTypes: readonly UsageType[] = ['CONSUME', 'ERROR'];
