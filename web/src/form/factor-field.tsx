import { use, useEffect, useRef, useState } from 'react';
import { useMessages } from '../language/language.js';
import { PasskeyIcon } from '../elements/passkey-icon.js';
import { FACTOR_NAME, KIND_NAME, type FactorKind } from './factor.js';
import { Field } from './field.js';
import { FormContext, useFieldErrors } from './form-context.js';
import { OtpField } from './otp-field.js';

interface FactorFieldProps {
  /** The kinds of factors to offer. */
  readonly kinds: readonly FactorKind[];
  readonly kind: FactorKind;
  readonly onChange: (kind: FactorKind) => void;
  readonly autoFocus?: boolean;
  /** Whether the other kinds need the password too, and this one doesn't. */
  readonly replacesPassword?: boolean;
}

/** A field for a code from the app, a backup code or a passkey. `getSecondFactor` returns its value. */
export function FactorField({ kinds, kind, onChange, autoFocus = false, replacesPassword = false }: FactorFieldProps) {
  const { factor } = useMessages();
  const errors = use(FormContext);
  /** The errors of the previously selected kind, which are not shown. */
  const [previousErrors, setPreviousErrors] = useState<typeof errors | null>(null);
  const select = (next: FactorKind) => {
    setPreviousErrors(errors);
    onChange(next);
  };
  return (
    <div className="factor">
      <input type="hidden" name={KIND_NAME} value={kind} />
      <FormContext value={errors === previousErrors ? [] : errors}>
        <KindField key={kind} kind={kind} autoFocus={autoFocus} />
      </FormContext>
      {kinds
        .filter((other) => other !== kind)
        .map((other) => (
          <button key={other} type="button" className="link" onClick={() => select(other)}>
            {replacesPassword ? factor.useWithPassword[other] : factor.use[other]}
          </button>
        ))}
    </div>
  );
}

function KindField({ kind, autoFocus }: { readonly kind: FactorKind; readonly autoFocus: boolean }) {
  const { fields, factor } = useMessages();
  switch (kind) {
    case 'TOTP':
      return (
        <OtpField name={FACTOR_NAME} label={fields.totpCode} wrongCode={factor.wrongAppCode} autoFocus={autoFocus} />
      );
    case 'BACKUP_CODE':
      return (
        <Field
          name={FACTOR_NAME}
          label={fields.backupCode}
          hint={factor.backupHint}
          wrongCode={factor.wrongBackupCode}
          className="code"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          autoFocus={autoFocus}
        />
      );
    case 'PASSKEY':
      return <PasskeyField autoFocus={autoFocus} />;
  }
}

/** Says that the browser will ask for a passkey. There is nothing to type, so the submit button gets the focus. */
function PasskeyField({ autoFocus }: { readonly autoFocus: boolean }) {
  const { factor } = useMessages();
  const field = useRef<HTMLDivElement>(null);
  const isRefused = useFieldErrors(FACTOR_NAME).length > 0;
  useEffect(() => {
    if (autoFocus) field.current?.closest('form')?.querySelector<HTMLElement>('[type="submit"]')?.focus();
  }, [autoFocus]);
  return (
    <div ref={field} className="field">
      <input type="hidden" name={FACTOR_NAME} value="" />
      <p className="passkey-hint">
        <PasskeyIcon /> {factor.passkeyHint}
      </p>
      {isRefused && (
        <p className="error" role="alert">
          {factor.wrongPasskey}
        </p>
      )}
    </div>
  );
}
