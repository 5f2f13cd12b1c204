import { sql } from 'kysely';
import { days } from '../../duration.js';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
import type { ChargedKey } from './charge-call-keys.js';
import { findUsageWarnings, nameWarning, type UsageWarning } from './find-usage-warnings.js';
import type { Quotas } from './locked-call-keys.js';

/** How long a key remembers the warnings of a period that has ended, because the clocks of servers differ. */
const REMEMBERED_MS = days(1);

/**
 * Warns the owners of charged call keys in the transaction of the charge, while their rows are locked: each crossed
 * percentage is one event, and each key causes at most one mail. Usually there is nothing to warn of, and no
 * statement.
 */
export async function warnOfUsage(context: RuleContext, charged: readonly ChargedKey[]): Promise<void> {
  for (const key of charged) {
    const warnings = findUsageWarnings(key, context.now);
    if (warnings.length > 0) await warn(context, key.before, warnings);
  }
}

async function warn(context: RuleContext, key: Quotas, warnings: readonly UsageWarning[]): Promise<void> {
  const { em, now, keys, mail, caller } = context;
  await rememberWarnings(context, key, warnings);
  // The gateway is not the owner, so the event has neither its account nor its address.
  const background = { em, now, keys, mail, caller: { ip: null, userAgent: null, requestId: caller.requestId } };
  for (const { quota, percentage } of warnings)
    await recordEvent(background, {
      type: 'QUOTA_WARNING',
      accountId: key.accountId,
      actorId: null,
      detail: `${key.hint} ${percentage}% ${quota}`,
    });
  await mail.post(em, {
    kind: 'USAGE_WARNING',
    callKeyId: key.id,
    warnings: highestOfEach(warnings).map(({ quota, percentage, period }) => ({
      quota,
      percentage,
      renewsAt: period && period.to.toISOString(),
      timeZone: key.periodTimeZone,
    })),
  });
}

/** Remembers the warnings of a period, so that a quota that is raised and used again causes no second one. */
async function rememberWarnings({ em, now }: RuleContext, key: Quotas, warnings: readonly UsageWarning[]) {
  const names = warnings.flatMap(({ period, percentage }) => (period ? [nameWarning(period, percentage)] : []));
  if (names.length === 0) return;
  const cutoff = new Date(now.getTime() - REMEMBERED_MS).toISOString();
  const recent = key.periodWarnings.filter((name) => (name.split(/[/ ]/)[1] ?? '') > cutoff);
  await em
    .getKysely<Tables>()
    .updateTable('call_keys')
    .set({ period_warnings: sql<string[]>`${[...recent, ...names]}::text[]` })
    .where('id', '=', key.id)
    .execute();
}

/** The highest warning of the total and of the period, the highest of both first. */
const highestOfEach = (warnings: readonly UsageWarning[]): UsageWarning[] =>
  [...Map.groupBy(warnings, ({ quota }) => quota).values()]
    .flatMap((ofQuota) => ofQuota.toSorted((one, other) => other.percentage - one.percentage).slice(0, 1))
    .toSorted((one, other) => other.percentage - one.percentage);
