import type { SecondFactorInput } from '../generated/graphql.js';
import type { FormValues } from './form-values.js';

/** The form fields of FactorField: the code, named as `userErrors` name it, and the flag of a backup code. */
export const FACTOR_NAME = 'factor';
export const IS_BACKUP_NAME = 'isBackupCode';

/** The second factor of a submitted form; null if it has no FactorField. */
export function getSecondFactor(form: FormValues): SecondFactorInput | null {
  if (!form.has(FACTOR_NAME)) return null;
  return form.has(IS_BACKUP_NAME) ? { backupCode: form.text(FACTOR_NAME) } : { totpCode: form.text(FACTOR_NAME) };
}
