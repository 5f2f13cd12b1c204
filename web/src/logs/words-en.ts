import type { UsageType } from '../generated/graphql.js';
import type { Period } from './period.js';

const requestsOf = (requests: string) => (requests === '1' ? '1 request' : `${requests} requests`);
const tokensOf = (tokens: string) => (tokens === '1' ? '1 token' : `${tokens} tokens`);

/** What the Logs view says, in English. */
export const en = {
  title: 'Logs', description: 'Every AI call that was made with your call keys, and what it cost.', everybodys: 'Every AI call that was made with anybody’s call keys, and what it cost.',
  filters: 'Filter logs', table: 'AI calls', whose: 'Whose', mine: 'Mine', everybody: 'Everybody’s', person: 'One person’s',
  period: 'Time', periods: { day: 'Last 24 hours', week: 'Last 7 days', month: 'Last 30 days', quarter: 'Last 90 days', custom: 'Choose days' } satisfies Record<Period, string>, from: 'From', to: 'To',
  type: 'Result', types: { CONSUME: 'Answered', ERROR: 'Failed' } satisfies Record<UsageType, string>,
  key: 'Key', chosenKey: 'The chosen key', model: 'Model', modelHint: 'The whole name', requestId: 'Request id', requestIdHint: 'The whole id',
  columns: { at: 'Time', type: 'Result', key: 'Key', model: 'Model', tokens: 'Tokens', quota: 'Quota', latency: 'Took', requestId: 'Request' },
  inAndOut: (given: string, answered: string) => `${given} in, ${answered} out`, milliseconds: (ms: string) => `${ms} ms`, gone: 'deleted',
  summary: {
    title: 'Summary', requests: 'Requests', failed: (count: string) => `${count} failed`, tokens: 'Tokens', tokensOf: (given: string, answered: string) => `${given} in, ${answered} out`, quota: 'Quota spent', rate: 'In the last minute',
    perMinute: requestsOf, tokensPerMinute: tokensOf,
  },
  chart: {
    title: 'Over time', table: 'Usage over time', byHour: 'By hour', byDay: 'By day (UTC)', requests: 'Requests', tokens: 'Tokens', most: (most: string) => `at most ${most}`, asTable: 'Show as a table', nothing: 'Nothing was used in this time.', from: 'From', quota: 'Quota',
    described: (what: string, total: string, most: string, when: string) => `${what} over time: ${total} in all, the most ${most}, at ${when}.`, point: (when: string, requests: string, tokens: string) => `${when}: ${requestsOf(requests)}, ${tokensOf(tokens)}`,
  },
  empty: 'No calls in this time. A call appears here when a program has made it with one of your keys.',
};
