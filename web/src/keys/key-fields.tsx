import { AreaField } from '../form/area-field.js';
import { Field } from '../form/field.js';
import { AddressesField } from './addresses-field.js';
import type { CallKey } from './call-keys.js';
import { LifetimeField } from './lifetime-field.js';
import { useKeysMessages } from './messages.js';
import { MoreLimits } from './more-limits.js';

/** The server's limit for the name of a key or token (in characters). */
export const MAX_NAME_LENGTH = 64;

interface KeyFieldsProps {
  /** The key to edit; undefined for a new key. */
  readonly callKey?: CallKey;
}

/** The fields of a call key. */
export function KeyFields({ callKey }: KeyFieldsProps) {
  const { form } = useKeysMessages();
  const quota = callKey
    ? { name: 'quotaLeft', label: form.quotaLeft, hint: form.quotaLeftHint }
    : { name: 'quota', label: form.quota, hint: form.quotaHint };
  return (
    <>
      <Field
        name="name"
        label={form.name}
        hint={form.nameHint}
        maxLength={MAX_NAME_LENGTH}
        defaultValue={callKey?.name}
        autoComplete="off"
        autoFocus
      />
      <div className="fields-beside">
        <LifetimeField
          options={Object.entries(form.lifetimes)}
          initial={callKey?.expiresAt ? 'custom' : 'never'}
          expiresAt={callKey?.expiresAt}
        />
        <Field
          {...quota}
          required={false}
          inputMode="numeric"
          pattern="[0-9]*"
          patternMessage={form.quotaDigits}
          defaultValue={callKey?.quotaLeft ?? ''}
          autoComplete="off"
        />
      </div>
      <div className="fields-beside">
        <AreaField
          name="models"
          label={form.models}
          hint={form.modelsHint}
          defaultValue={callKey?.models.join('\n')}
          autoCapitalize="none"
          spellCheck={false}
        />
        <AddressesField allowedIps={callKey?.allowedIps} />
      </div>
      <MoreLimits callKey={callKey} />
    </>
  );
}
