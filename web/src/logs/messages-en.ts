import type { UsageType } from '../generated/graphql.js';
import type { Period } from './period.js';

const requestsText = (requests: string) => (requests === '1' ? '1 request' : `${requests} requests`);
const tokensText = (tokens: string) => (tokens === '1' ? '1 token' : `${tokens} tokens`);

/** Texts of the Logs view, in English. */
export const en = {
  title: 'Logs',
  description: 'AI calls made with your keys.',
  descriptionOfAll: 'AI calls made with all users’ keys.',
  filters: 'Filter logs',
  table: 'AI calls',
  scope: 'Scope',
  ownCalls: 'My calls',
  allUsers: 'All users',
  oneUser: 'One user',
  period: 'Time',
  periods: {
    day: 'Last 24 hours',
    week: 'Last 7 days',
    month: 'Last 30 days',
    quarter: 'Last 90 days',
    custom: 'Custom range',
  } satisfies Record<Period, string>,
  from: 'From',
  to: 'To',
  type: 'Result',
  types: { CONSUME: 'Success', ERROR: 'Failed' } satisfies Record<UsageType, string>,
  key: 'Key',
  selectedKey: 'Selected key',
  model: 'Model',
  modelHint: 'Exact name',
  requestId: 'Request ID',
  requestIdHint: 'Exact ID',
  columns: {
    at: 'Time',
    type: 'Result',
    key: 'Key',
    model: 'Model',
    tokens: 'Tokens',
    quota: 'Quota',
    latency: 'Duration',
    requestId: 'Request',
  },
  inputAndOutput: (input: string, output: string) => `${input} in, ${output} out`,
  keyDeleted: 'deleted',
  summary: {
    title: 'Summary',
    requests: 'Requests',
    failed: (count: string) => `${count} failed`,
    tokens: 'Tokens',
    quota: 'Quota used',
    rate: 'Last minute',
    requestsLastMinute: requestsText,
    tokensLastMinute: tokensText,
  },
  chart: {
    title: 'Over time',
    table: 'Usage over time',
    byHour: 'By hour',
    byDay: 'By day (UTC)',
    requests: 'Requests',
    tokens: 'Tokens',
    peak: (peak: string) => `Peak ${peak}`,
    showAsTable: 'Show as table',
    empty: 'No usage in this period.',
    from: 'From',
    quota: 'Quota',
    description: (name: string, total: string, peak: string, time: string) =>
      `${name} over time: ${total} total, peak ${peak} at ${time}.`,
    point: (time: string, requests: string, tokens: string) =>
      `${time}: ${requestsText(requests)}, ${tokensText(tokens)}`,
  },
  empty: 'No calls in this period. Calls made with your keys appear here.',
};
