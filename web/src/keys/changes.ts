import { splitEntries } from '../form/area-field.js';
import type { FormValues } from '../form/form-values.js';
import type { UpdateCallKeyInput } from '../generated/graphql.js';
import type { CallKey } from './call-keys.js';
import { toLocalInputValue, getExpiry } from './lifetime.js';

const areEqual = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((entry, index) => entry === b[index]);

/** The changed values of a form. Unchanged ones are omitted: the key may have spent some of its quota since. */
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
  };
}
