import { linesOf } from '../form/area-field.js';
import type { FormValues } from '../form/form-values.js';
import type { UpdateCallKeyInput } from '../generated/graphql.js';
import type { CallKey } from './call-keys.js';
import { asLocalTime, expiryIn } from './lifetime.js';

const areEqual = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((entry, index) => entry === other[index]);

/** The changed values of a form. Unchanged ones are omitted: the key may have spent some of its quota since. */
export function changesIn(form: FormValues, callKey: CallKey): Omit<UpdateCallKeyInput, 'id'> {
  const [models, allowedIps, quota] = [
    linesOf(form.text('models')),
    linesOf(form.text('allowedIps')),
    form.text('quotaLeft'),
  ];
  const isSameExpiry = callKey.expiresAt
    ? form.text('expiresAt') === asLocalTime(callKey.expiresAt)
    : form.text('lifetime') === 'never';
  return {
    ...(form.text('name') === callKey.name ? {} : { name: form.text('name') }),
    ...(isSameExpiry ? {} : { expiresAt: expiryIn(form) }),
    ...(areEqual(models, callKey.models) ? {} : { models }),
    ...(areEqual(allowedIps, callKey.allowedIps) ? {} : { allowedIps }),
    ...(quota === String(callKey.quotaLeft ?? '') ? {} : { quotaLeft: quota === '' ? null : quota }),
  };
}
