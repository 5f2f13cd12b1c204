import { linesOf } from '../form/area-field.js';
import type { Typed } from '../form/typed.js';
import type { UpdateCallKeyInput } from '../generated/graphql.js';
import type { CallKey } from './call-keys.js';
import { asLocalTime, expiryIn } from './lifetime.js';

const areSame = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((entry, place) => entry === other[place]);

/**
 * What a form changes of a key: nothing that was left as it is, so that a quota that is being spent is not set back.
 */
export function changesIn(form: Typed, callKey: CallKey): Omit<UpdateCallKeyInput, 'id'> {
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
    ...(areSame(models, callKey.models) ? {} : { models }),
    ...(areSame(allowedIps, callKey.allowedIps) ? {} : { allowedIps }),
    ...(quota === String(callKey.quotaLeft ?? '') ? {} : { quotaLeft: quota === '' ? null : quota }),
  };
}
