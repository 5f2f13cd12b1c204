import { defineEntity, p } from '@mikro-orm/core';

const periods = ['HOUR', 'DAY'] as const;

/** How long a time a total is of, in UTC. */
export type Period = (typeof periods)[number];

/**
 * What the usage logs of an hour or a day come to, kept in the transaction that records them, so that a sum over a year
 * reads no log. It is partitioned by month as they are. A person has totals of days, for each key, model and type;
 * those of everybody together, of days and of hours, bear the nil UUID as account and key
 * (docs/decisions/019-usage-totals.md).
 */
export const UsageTotalEntity = defineEntity({
  name: 'UsageTotal',
  tableName: 'usage_totals',
  properties: {
    accountId: p.uuid().primary(),
    period: p.enum(periods).primary(),
    /** When the hour or the day begins. */
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
