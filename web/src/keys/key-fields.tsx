import { useState } from 'react';
import { AreaField } from '../form/area-field.js';
import { Field } from '../form/field.js';
import { SelectField } from '../form/select-field.js';
import type { CallKey } from './call-keys.js';
import { toLocalInputValue, type Lifetime } from './lifetime.js';
import { useKeysMessages } from './messages.js';

/** The server's limit for a name (in characters). */
const MAX_NAME_LENGTH = 64;

interface KeyFieldsProps {
  /** The key to edit; none for a new key. */
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
        <LifetimeField expiresAt={callKey?.expiresAt ?? null} />
        <Field
          {...quota}
          required={false}
          inputMode="numeric"
          pattern="[0-9]*"
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
        <AreaField
          name="allowedIps"
          label={form.allowedIps}
          hint={form.allowedIpsHint}
          defaultValue={callKey?.allowedIps.join('\n')}
          autoCapitalize="none"
          spellCheck={false}
        />
      </div>
    </>
  );
}

function LifetimeField({ expiresAt }: { readonly expiresAt: string | null }) {
  const { form } = useKeysMessages();
  const [lifetime, setLifetime] = useState<string>(expiresAt ? 'custom' : 'never');
  const options = Object.entries(form.lifetimes) as [Lifetime, string][];
  return (
    <div className="fields">
      <SelectField
        name="lifetime"
        label={form.expires}
        options={options}
        value={lifetime}
        onChange={(event) => setLifetime(event.currentTarget.value)}
      />
      {lifetime === 'custom' && (
        <Field
          name="expiresAt"
          label={form.expiresAt}
          type="datetime-local"
          defaultValue={expiresAt ? toLocalInputValue(expiresAt) : undefined}
        />
      )}
    </div>
  );
}
