import { defineEntity, p } from '@mikro-orm/core';

const periods = ['HOUR', 'DAY'] as const;

/** The period of a total, in UTC. */
export type Period = (typeof periods)[number];

/**
 * The sum of the usage logs of an hour or day, updated in the transaction that records them, so that sums over long
 * periods need no logs. Accounts have daily totals per key, model and type; the daily and hourly totals of all accounts
 * use the nil UUID as account and key (docs/decisions/019-usage-totals.md).
 */
export const UsageTotalEntity = defineEntity({
  name: 'UsageTotal',
  tableName: 'usage_totals',
  properties: {
    accountId: p.uuid().primary(),
    period: p.enum(periods).primary(),
    /** The start of the hour or day. */
    at: p.datetime().primary(),
    callKeyId: p.uuid().primary(),
    model: p.text().primary(),
    type: p.text().$type<'CONSUME' | 'ERROR'>().primary(),
    requests: p.bigint('bigint'),
    promptTokens: p.bigint('bigint'),
    completionTokens: p.bigint('bigint'),
    quota: p.bigint('bigint'),
  },
});
