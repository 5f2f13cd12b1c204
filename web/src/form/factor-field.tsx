import { use, useState } from 'react';
import { useMessages } from '../language/language.js';
import { FACTOR_NAME, IS_BACKUP_NAME } from './factor.js';
import { Field } from './field.js';
import { FormContext } from './form-context.js';
import { OtpField } from './otp-field.js';

interface FactorFieldProps {
  readonly autoFocus?: boolean;
  readonly onChange?: (usesBackupCode: boolean) => void;
}

/** A second factor: a code from the app, or a backup code instead. `factorIn` reads it. */
export function FactorField({ autoFocus = false, onChange }: FactorFieldProps) {
  const { fields, factor } = useMessages();
  const [usesBackupCode, setUsesBackupCode] = useState(false);
  const errors = use(FormContext);
  /** The errors of the other kind of code, which don't apply to this one. */
  const [previousErrors, setPreviousErrors] = useState<typeof errors | null>(null);
  const toggle = () => {
    setUsesBackupCode(!usesBackupCode);
    setPreviousErrors(errors);
    onChange?.(!usesBackupCode);
  };
  return (
    <div className="factor">
      <FormContext value={errors === previousErrors ? [] : errors}>
        {usesBackupCode ? (
          <>
            <input type="hidden" name={IS_BACKUP_NAME} value="yes" />
            <Field
              key="backup"
              name={FACTOR_NAME}
              label={fields.backupCode}
              hint={factor.backupHint}
              className="code"
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              autoFocus
            />
          </>
        ) : (
          <OtpField key="totp" name={FACTOR_NAME} label={fields.totpCode} autoFocus={autoFocus} />
        )}
      </FormContext>
      <button type="button" className="link" onClick={toggle}>
        {usesBackupCode ? factor.useApp : factor.useBackupCode}
      </button>
    </div>
  );
}
