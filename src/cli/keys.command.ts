import type { Command } from 'commander';
import { pluralize } from './pluralize.js';
import { newMasterKey } from '../crypto/key-ring.js';
import { fork } from '../database/connection/database.js';
import { forgetKey, forgetOlderKeys, registerKeys } from '../encryption/key-canaries.js';
import { openKeyRing } from '../encryption/key-ring-on-disk.js';
import { encryptedColumns } from '../server/encrypted-columns.js';
import { rotateKeys, type RotationResult } from '../encryption/rotate-keys.js';
import { rotateSigningKey } from '../features/service-auth/rotate-signing-key.js';
import { readSigningKeys } from '../features/service-auth/signing-keys.js';
import { formatSeal } from '../features/security-event/event-seal.js';
import { renewSeals, type RenewedSeals } from '../features/security-event/renew-seals.js';
import { describeSigningKeys, formatSigningKey } from './describe-signing-keys.js';
import { ensureRightClock } from './ensure-right-clock.js';
import { printResult, CommandError } from './print-result.js';
import { withDatabase } from './with-database.js';

/** `postern keys …`. */
export function addKeyCommands(program: Command): void {
  const keys = program
    .command('keys')
    .description('manage encryption keys (POSTERN_ENCRYPTION_KEYS) and the keys that sign identity tokens');

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
      're-encrypt secrets and re-sign seals of security events with the newest key; when nothing remains, you can remove the older keys. Identity tokens get a new signing key, which signs after 10 minutes',
    )
    .option('--now', 'sign identity tokens with the new key immediately, because the one before it leaked')
    .action(({ now: isImmediate = false }: { readonly now?: boolean }, command: Command) =>
      withDatabase(async ({ database, config }) => {
        await ensureRightClock(database);
        const keys = openKeyRing(config, new Date());
        // A signing key must not be encrypted with keys that the servers don't have.
        if (isImmediate) await registerKeys(fork(database), keys, encryptedColumns);
        const secrets = await rotateKeys(fork(database), keys, encryptedColumns);
        const seals = await renewSeals(fork(database), keys, () => new Date());
        const context = { em: fork(database), reader: database.reader, keys, now: new Date() };
        if (secrets.remaining === 0 || isImmediate) await rotateSigningKey(context, isImmediate);
        const signingKeys = describeSigningKeys(await readSigningKeys(context), context.now);
        printResult(command, [describeRotation(secrets, seals), ...signingKeys.map(formatSigningKey)].join('\n'), {
          ...secrets,
          seals: { ...seals, created: seals.created.map(formatSeal) },
          signingKeys,
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
    .command('list')
    .description('list the keys that sign identity tokens, oldest first')
    .action((_options: object, command: Command) =>
      withDatabase(async ({ database, config }) => {
        const context = { reader: database.reader, keys: openKeyRing(config, new Date()) };
        const signingKeys = describeSigningKeys(await readSigningKeys(context), new Date());
        const lines = signingKeys.map(formatSigningKey);
        printResult(command, lines.length === 0 ? 'No signing keys yet.' : lines.join('\n'), ...signingKeys);
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
