import { cpSync } from 'node:fs';
import { afterAll, test } from '@jest/globals';
import { cleanUp, migratedFolder, temporaryFolder } from '../support/server-process.js';
import { expectWorkingCopy, expectWrongKeysRefused, fillInstallation } from './restored-copy.js';

afterAll(cleanUp);

test('opens a copy of the folder of a stopped server with the same keys, and refuses others', async () => {
  const [folder, copy] = [migratedFolder(), temporaryFolder()];
  const installation = await fillInstallation({ DATA_DIR: folder });
  cpSync(folder, copy, { recursive: true });
  await expectWrongKeysRefused({ DATA_DIR: copy });
  await expectWorkingCopy({ DATA_DIR: copy }, installation);
});
