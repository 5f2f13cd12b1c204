import type { WithUnitOfWork } from '../../rules/transaction.js';
import { BackupCodeEntity } from './backup-code.entity.js';
import { TwoFactorEnrolmentEntity } from './two-factor-enrolment.entity.js';
import { TwoFactorEntity } from './two-factor.entity.js';

/**
 * Removes the secret, a pending one, and all backup codes of an account, in the transaction of the change that calls
 * for it.
 */
export async function removeTwoFactor({ em }: WithUnitOfWork, account: string): Promise<void> {
  await em.nativeDelete(TwoFactorEntity, { account });
  await em.nativeDelete(TwoFactorEnrolmentEntity, { account });
  await em.nativeDelete(BackupCodeEntity, { account });
}
