import { splitEntries } from '../form/area-field.js';
import type { FormValues } from '../form/form-values.js';
import type { QuotaPeriod, UpdateCallKeyInput } from '../generated/graphql.js';
import type { CallKey } from './call-keys.js';
import { toLocalInputValue, getExpiry } from './lifetime.js';

/** Whether two lists have the same entries in the same order. */
export const areEqual = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((entry, index) => entry === b[index]);

/**
 * The changed values of a form. Unchanged values are omitted, so that they don't overwrite concurrent changes, e.g. of
 * the remaining quota.
 */
export function getChanges(form: FormValues, callKey: CallKey): Omit<UpdateCallKeyInput, 'id'> {
  const [models, allowedIps, quota] = [
    splitEntries(form.text('models')),
    splitEntries(form.text('allowedIps')),
    form.text('quotaLeft'),
  ];
  const isSameExpiry = callKey.expiresAt
    ? form.text('expiresAt') === toLocalInputValue(callKey.expiresAt)
    : form.text('lifetime') === 'never';
  return {
    ...(form.text('name') === callKey.name ? {} : { name: form.text('name') }),
    ...(isSameExpiry ? {} : { expiresAt: getExpiry(form) }),
    ...(areEqual(models, callKey.models) ? {} : { models }),
    ...(areEqual(allowedIps, callKey.allowedIps) ? {} : { allowedIps }),
    ...(quota === String(callKey.quotaLeft ?? '') ? {} : { quotaLeft: quota === '' ? null : quota }),
    ...getPeriodChanges(form, callKey),
    ...getLimitChange(form, callKey, 'requestsPerMinuteLimit'),
    ...getLimitChange(form, callKey, 'tokensPerMinuteLimit'),
  };
}

type LimitName = 'requestsPerMinuteLimit' | 'tokensPerMinuteLimit';

/** A limit per minute of a form; null for none. */
export const getLimit = (form: FormValues, name: LimitName): number | null =>
  form.text(name) === '' ? null : Number(form.text(name));

const getLimitChange = (form: FormValues, callKey: CallKey, name: LimitName) =>
  getLimit(form, name) === callKey[name] ? {} : { [name]: getLimit(form, name) };

/** The period quota of a form; no fields if it has none. */
export function getPeriodQuota(form: FormValues) {
  const period = form.text('period') as QuotaPeriod | '';
  if (period === '') return {};
  return { period, periodQuota: form.text('periodQuota'), periodTimeZone: form.text('periodTimeZone') };
}

function getPeriodChanges(form: FormValues, callKey: CallKey) {
  const { period, periodQuota, periodTimeZone } = getPeriodQuota(form);
  if (period === undefined) return callKey.period === null ? {} : { period: null };
  return {
    ...(period === callKey.period ? {} : { period }),
    ...(periodQuota === String(callKey.periodQuota) ? {} : { periodQuota }),
    ...(periodTimeZone === callKey.periodTimeZone ? {} : { periodTimeZone }),
  };
}
