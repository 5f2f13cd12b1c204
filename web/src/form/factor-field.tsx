import { useState } from 'react';
import { useWords } from '../language/language.js';
import { IS_BACKUP_NAME, FACTOR_NAME } from './factor.js';
import { Field } from './field.js';
import { OtpField } from './otp-field.js';

/** A second factor: the code of the app, or a backup code instead. `factorIn` reads it. */
export function FactorField({ autoFocus = false }: { readonly autoFocus?: boolean }) {
  const { fields, factor } = useWords();
  const [usesBackupCode, setUsesBackupCode] = useState(false);
  const other = <button type="button" className="link" onClick={() => setUsesBackupCode(!usesBackupCode)}>{usesBackupCode ? factor.useApp : factor.useBackupCode}</button>;
  return (
    <div className="factor">
      {usesBackupCode
        ? <>
            <input type="hidden" name={IS_BACKUP_NAME} value="yes" />
            <Field key="backup" name={FACTOR_NAME} label={fields.backupCode} hint={factor.backupHint} className="code" autoComplete="off" autoCapitalize="characters" spellCheck={false} autoFocus />
          </>
        : <OtpField key="totp" name={FACTOR_NAME} label={fields.totpCode} autoFocus={autoFocus} />}
      {other}
    </div>
  );
}
