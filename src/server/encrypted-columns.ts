import type { EncryptedColumn } from '../encryption/encrypted-column.js';
import { apiTokenColumn } from '../features/api-token/stored-api-token.js';
import { publicKeyColumn } from '../features/passkey/stored-public-key.js';
import { weakPasswordFlagColumn } from '../features/password/weak-password-flag.js';
import { signingKeyColumn } from '../features/service-auth/stored-signing-key.js';
import { backupCodeColumn } from '../features/two-factor/stored-backup-code.js';
import { totpSecretColumn } from '../features/two-factor/totp-secret.js';
import { webhookSecretColumn } from '../features/webhook/stored-webhook-secret.js';
import { retiredUsernameKeyColumn } from '../features/username/retired-username-key.js';

/**
 * Every column of encrypted secrets. If a column were missing here, its secrets would be lost when an old key is
 * removed.
 */
export const encryptedColumns: readonly EncryptedColumn[] = [
  weakPasswordFlagColumn,
  apiTokenColumn,
  totpSecretColumn('two_factors'),
  totpSecretColumn('two_factor_enrolments'),
  backupCodeColumn,
  publicKeyColumn,
  retiredUsernameKeyColumn,
  signingKeyColumn,
  webhookSecretColumn,
];
