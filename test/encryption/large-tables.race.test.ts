import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseKeyRing } from '../../src/crypto/key-ring.js';
import type { SecretLocation } from '../../src/crypto/secret-box.js';
import { fork, type Database, type EntityManager } from '../../src/database/connection/database.js';
import { checkSecrets } from '../../src/encryption/check-secrets.js';
import type { EncryptedColumn } from '../../src/encryption/encrypted-column.js';
import { registerKeys } from '../../src/encryption/key-canaries.js';
import { rotateKeys } from '../../src/encryption/rotate-keys.js';
import { openRaceDatabase, type RaceDatabase } from '../support/race-database.js';
import { testSettings } from '../support/postern.js';

/** On PostgreSQL. The embedded database has no time limits. */
let race: RaceDatabase;
let database: Database;
beforeAll(async () => {
  race = await openRaceDatabase();
  database = await race.open();
});
afterAll(() => race.drop());

/** The time limit of each statement that looks for secrets, as PostgreSQL has it; 0 is none. */
const limits: string[] = [];
async function noteLimit(em: EntityManager): Promise<void> {
  const [row] = await em.execute<{ limit: string }[]>(`select current_setting('statement_timeout') as "limit"`);
  limits.push(row!.limit);
}

const location = (id: string): SecretLocation => ({ purpose: 'key-canary', column: 'table.column', row: [id] });
const find: EncryptedColumn['find'] = async (em) => {
  await noteLimit(em);
  return [];
};
const columns: EncryptedColumn[] = [
  { name: 'table.column', location, find, rotation: { reencrypt: () => Promise.resolve(0) } },
  { name: 'table.cleared', location, find, rotation: { clear: noteLimit } },
];
const keys = parseKeyRing(testSettings.ENCRYPTION_KEYS);

test.each([
  ['the first start', 2, () => registerKeys(fork(database), keys, columns)],
  ['a rotation of keys', 4, () => rotateKeys(fork(database), keys, columns)],
  ['a check of secrets', 2, () => checkSecrets(fork(database), keys, columns)],
] as const)('has no time limit when %s reads whole tables', async (_, count, run) => {
  limits.length = 0;
  await run();
  expect(limits).toEqual(Array.from({ length: count }, () => '0'));
});
