import type { Client } from '../../support/client.js';
import { graphql } from '../../support/generated/gql.js';
import type { UsageInterval, UsageLogFilter } from '../../support/generated/graphql.js';

const OwnUsageLogs = graphql(`
  query OwnUsageLogs($filter: UsageLogFilter, $first: Int, $after: String, $last: Int, $before: String) {
    me {
      usageLogs(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
        edges { cursor node { id at type callKey { id name } callKeyName model promptTokens completionTokens quota latencyMs requestId ip } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }
  }
`);

const OwnUsage = graphql(`
  query OwnUsage($filter: UsageLogFilter, $interval: UsageInterval!) {
    me {
      usageSummary(filter: $filter) { requests errors promptTokens completionTokens quota requestsPerMinute tokensPerMinute }
      usageSeries(filter: $filter, interval: $interval) { at requests tokens quota }
    }
  }
`);

/** The page and filter of logs to read. */
export interface LogsPage {
  filter?: UsageLogFilter;
  first?: number;
  after?: string;
  last?: number;
  before?: string;
}

/** A page of the viewer's logs. */
export const logs = async (client: Client, page: LogsPage = {}) =>
  (await client.send(OwnUsageLogs, page)).data.me!.usageLogs!;

/** The sums of the viewer's usage. */
export const usage = async (client: Client, filter: UsageLogFilter = {}, interval: UsageInterval = 'DAY') =>
  (await client.send(OwnUsage, { filter, interval })).data.me!;
