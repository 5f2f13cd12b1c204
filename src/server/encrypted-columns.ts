import type { EncryptedColumn } from '../encryption/encrypted-column.js';
import { apiTokenColumn } from '../features/api-token/stored-api-token.js';
import { weakPasswordFlagColumn } from '../features/password/weak-password-flag.js';
import { totpSecretColumn } from '../features/two-factor/totp-secret.js';

/** Every column of secrets. A column missing here loses its secrets when an older key is removed. */
export const encryptedColumns: readonly EncryptedColumn[] = [
  weakPasswordFlagColumn,
  apiTokenColumn,
  totpSecretColumn('two_factors'),
  totpSecretColumn('two_factor_enrolments'),
];
