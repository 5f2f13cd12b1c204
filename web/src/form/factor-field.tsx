import { use, useState } from 'react';
import { useWords } from '../language/language.js';
import { IS_BACKUP_NAME, FACTOR_NAME } from './factor.js';
import { Field } from './field.js';
import { FormContext } from './form-context.js';
import { OtpField } from './otp-field.js';

/** A second factor: the code of the app, or a backup code instead. `factorIn` reads it. */
export function FactorField({ autoFocus = false }: { readonly autoFocus?: boolean }) {
  const { fields, factor } = useWords();
  const [usesBackupCode, setUsesBackupCode] = useState(false);
  const refusals = use(FormContext);
  /** What was refused of the other kind of code. */
  const [past, setPast] = useState<typeof refusals | null>(null);
  const change = () => {
    setUsesBackupCode(!usesBackupCode);
    setPast(refusals);
  };
  return (
    <div className="factor">
      <FormContext value={refusals === past ? [] : refusals}>
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
      <button type="button" className="link" onClick={change}>
        {usesBackupCode ? factor.useApp : factor.useBackupCode}
      </button>
    </div>
  );
}
