import type { Command } from 'commander';
import { pluralize } from './pluralize.js';
import { newMasterKey } from '../crypto/key-ring.js';
import { fork } from '../database/connection/database.js';
import { forgetKey, forgetOlderKeys } from '../encryption/key-canaries.js';
import { openKeyRing } from '../encryption/key-ring-on-disk.js';
import { encryptedColumns } from '../server/encrypted-columns.js';
import { rotateKeys, type RotationResult } from '../encryption/rotate-keys.js';
import { formatSeal } from '../features/security-event/event-seal.js';
import { renewSeals, type RenewedSeals } from '../features/security-event/renew-seals.js';
import { ensureRightClock } from './ensure-right-clock.js';
import { printResult, CommandError } from './print-result.js';
import { withDatabase } from './with-database.js';

/** `postern keys …`. */
export function addKeyCommands(program: Command): void {
  const keys = program.command('keys').description('manage encryption keys (POSTERN_ENCRYPTION_KEYS)');

  keys
    .command('generate')
    .description('print a new key')
    .action((_options: object, command: Command) => {
      const key = newMasterKey(new Date());
      printResult(command, key, { key });
    });

  keys
    .command('rotate')
    .description(
      're-encrypt secrets and re-sign seals of security events with the newest key; when nothing remains, you can remove the older keys',
    )
    .action((_options: object, command: Command) =>
      withDatabase(async ({ database, config }) => {
        await ensureRightClock(database);
        const keys = openKeyRing(config, new Date());
        const secrets = await rotateKeys(fork(database), keys, encryptedColumns);
        const seals = await renewSeals(fork(database), keys, () => new Date());
        printResult(command, describeRotation(secrets, seals), {
          ...secrets,
          seals: { ...seals, created: seals.created.map(formatSeal) },
        });
        if (secrets.remaining === 0 && seals.remaining === 0) await forgetOlderKeys(fork(database), keys);
        if (secrets.remaining > 0)
          throw new CommandError(
            'Some secrets still use an older key, or no key can decrypt them. Keep the older keys and run this command again.',
          );
        if (seals.remaining > 0)
          throw new CommandError(
            'Some seals or security events are not genuine, or their key is missing. Keep the older keys, and run "postern events verify --all" to list them.',
          );
      }),
    );

  keys
    .command('forget')
    .description('let the server start without a key that is lost; the secrets it encrypted stay unreadable')
    .argument('<id>', 'ID of the key')
    .action((id: string, _options: object, command: Command) =>
      withDatabase(async ({ database, config }) => {
        if (openKeyRing(config, new Date()).some((key) => key.id === id))
          throw new CommandError(`The key ${id} is in POSTERN_ENCRYPTION_KEYS. Remove it from there first.`);
        if (!(await forgetKey(fork(database), id))) throw new CommandError(`The database knows no key ${id}.`);
        printResult(command, `The server now starts without the key ${id}.`, { id });
      }),
    );
}

const describeRotation = (secrets: RotationResult, { created, renewed, remaining }: RenewedSeals): string =>
  [
    `Secrets re-encrypted: ${secrets.reencrypted}; remaining: ${secrets.remaining}.`,
    ...created.map((seal) => `Sealed ${pluralize(seal.events, 'security event')}: ${formatSeal(seal)}`),
    `Seals re-signed: ${renewed}; remaining: ${remaining}.`,
  ].join('\n');
