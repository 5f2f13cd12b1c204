import { z } from 'zod';
import { parseTimeZone } from '../../calendar-period.js';
import { credentialName, findSettingErrors, ipRanges, list, parseSettings } from '../../rules/credential-settings.js';
import { refuseAll } from '../../rules/refuse.js';
import { canonicalName } from '../../text/normalize.js';
import { quotaPeriods } from './call-key.entity.js';
import { callKeyMessages, type CallKeyMessage } from './call-key-messages.js';
import { applyPeriodQuota, noPeriodQuota, validatePeriodQuota, type PeriodQuotaChange } from './quota-renewal.js';

/** PostgreSQL stores later dates, but calendars and clients can't handle them. */
const LATEST = new Date('9999-12-31T23:59:59Z');

const messageKey = (message: CallKeyMessage): string => message;

const model = z
  .string()
  .overwrite(canonicalName)
  .regex(/^[^\s\p{Cc}\p{Cs}]{1,128}$/u, messageKey('model'));

const quota = z.bigint().nonnegative(messageKey('quota')).nullable();

const timeZone = z.string().transform((name, context) => {
  const zone = parseTimeZone(name);
  if (zone !== null) return zone;
  context.addIssue(messageKey('timeZone'));
  return z.NEVER;
});

const limitPerMinute = z.int32().min(1, messageKey('limit')).nullable();

/** The settings of a call key, named like the input fields; null removes a limit. */
const settingsSchema = (now: Date) =>
  z
    .object({
      name: credentialName,
      status: z.enum(['ACTIVE', 'DISABLED'], messageKey('status')),
      expiresAt: z.date().min(now, messageKey('past')).max(LATEST, messageKey('tooLate')).nullable(),
      models: list(model),
      allowedIps: ipRanges,
      quota,
      quotaLeft: quota,
      period: z.enum(quotaPeriods).nullable(),
      periodQuota: quota,
      periodTimeZone: timeZone.nullable(),
      requestsPerMinuteLimit: limitPerMinute,
      tokensPerMinuteLimit: limitPerMinute,
    })
    .partial();

/** Validated settings in canonical form; fields that were not given are absent. */
export type CallKeySettings = z.output<ReturnType<typeof settingsSchema>>;

/** The settings as submitted. */
export type SubmittedCallKeySettings = PeriodQuotaChange & {
  readonly [Field in Exclude<keyof CallKeySettings, keyof PeriodQuotaChange>]?: unknown;
};

/**
 * Validates the settings of a new key, which needs both or neither of a period and its quota.
 *
 * @throws {RefusedError} with INVALID_VALUE for each invalid or missing field
 */
export function parseNewCallKeySettings(submitted: SubmittedCallKeySettings, now: Date): CallKeySettings {
  refuseAll([
    ...findSettingErrors(settingsSchema(now), submitted, callKeyMessages),
    ...validatePeriodQuota(applyPeriodQuota(noPeriodQuota, submitted)),
  ]);
  return parseCallKeySettings(submitted, now);
}

/**
 * Validates submitted settings.
 *
 * @throws {RefusedError} with INVALID_VALUE for each invalid field
 */
export const parseCallKeySettings = (submitted: SubmittedCallKeySettings, now: Date): CallKeySettings =>
  parseSettings(settingsSchema(now), submitted, callKeyMessages);
