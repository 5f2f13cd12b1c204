import type { SecondFactorInput } from '../generated/graphql.js';
import type { Typed } from './typed.js';

/** The names of what FactorField shows: the factor, which refusals name too, and the mark of a backup code. */
export const FACTOR_NAME = 'factor';
export const IS_BACKUP_NAME = 'isBackupCode';

/** The second factor of a form with a FactorField; null where it has none. */
export function factorIn(form: Typed): SecondFactorInput | null {
  if (!form.has(FACTOR_NAME)) return null;
  return form.has(IS_BACKUP_NAME) ? { backupCode: form.text(FACTOR_NAME) } : { totpCode: form.text(FACTOR_NAME) };
}
