import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newMasterKey, parseKeyRing } from '../../src/crypto/key-ring.js';
import { backUp } from '../../src/database/backup/back-up.js';
import { readBackupFile, writeBackupFile } from '../../src/database/backup/backup-file.js';
import { restore } from '../../src/database/backup/restore.js';
import { fork } from '../../src/database/connection/database.js';
import { rotateKeys } from '../../src/encryption/rotate-keys.js';
import { renewSeals } from '../../src/features/security-event/renew-seals.js';
import { sealEvents } from '../../src/features/security-event/seal-events.js';
import { encryptedColumns } from '../../src/server/encrypted-columns.js';
import { testSettings, type TestPostern } from './postern.js';

/** Does what the command line does with secrets: seals events, rotates keys, and creates and restores a backup. */
export async function everyCommand({ database, app, clock }: TestPostern): Promise<void> {
  const ring = parseKeyRing(`${newMasterKey(clock.read())},${testSettings.ENCRYPTION_KEYS}`);
  await sealEvents(fork(database), app.dependencies.keys, clock.read);
  await rotateKeys(fork(database), ring, encryptedColumns);
  await renewSeals(fork(database), ring, clock.read);
  const folder = mkdtempSync(join(tmpdir(), 'postern-test-'));
  const file = join(folder, 'backup.gz');
  await backUp(database, ['test'], clock.read(), (lines) => writeBackupFile(file, lines));
  await readBackupFile(file, async (lines) => {
    await restore(database, lines, clock.read(), true);
  });
  rmSync(folder, { recursive: true });
}
