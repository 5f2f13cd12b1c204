import type { Command } from 'commander';
import { newMasterKey } from '../crypto/key-ring.js';
import { fork } from '../database/connection/database.js';
import { openKeyRing } from '../encryption/key-ring-on-disk.js';
import { encryptedColumns } from '../server/encrypted-columns.js';
import { rotateKeys, type Rotated } from '../encryption/rotate-keys.js';
import { formatSeal } from '../features/security-event/event-seal.js';
import { renewSeals, type RenewedSeals } from '../features/security-event/renew-seals.js';
import { printResult, CommandError } from './print-result.js';
import { withDatabase } from './with-database.js';

/** `postern keys …`. */
export function addKeyCommands(program: Command): void {
  const keys = program.command('keys').description('the keys of what is kept secret (ENCRYPTION_KEYS)');

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
      'encrypt with the newest key what older ones encrypted, and sign the seals of security events with it; when nothing is left, the older ones can go',
    )
    .action((_options: object, command: Command) =>
      withDatabase(async ({ database, config }) => {
        const keys = openKeyRing(config, new Date());
        const secrets = await rotateKeys(fork(database), keys, encryptedColumns);
        const seals = await renewSeals(fork(database), keys, () => new Date());
        printResult(command, describe(secrets, seals), {
          ...secrets,
          seals: { ...seals, made: seals.made.map(formatSeal) },
        });
        if (secrets.remaining > 0)
          throw new CommandError(
            'Keep the older keys: some secrets were written with one meanwhile, or none of the keys opens them. Run this again.',
          );
        if (seals.left > 0)
          throw new CommandError(
            'Keep the older keys: some seals or security events are not genuine, or none of the keys is theirs. "postern events verify --all" names them.',
          );
      }),
    );
}

const describe = (secrets: Rotated, { made, renewed, left }: RenewedSeals): string =>
  [
    `Secrets encrypted anew: ${secrets.reencrypted}; left: ${secrets.remaining}.`,
    ...made.map((seal) => `Sealed ${seal.events} security events: ${formatSeal(seal)}`),
    `Seals signed anew: ${renewed}; left: ${left}.`,
  ].join('\n');
