import type { Command } from 'commander';
import { newMasterKey } from '../crypto/key-ring.js';
import { fork } from '../database/database.js';
import { openKeyRing } from '../encryption-keys.js';
import { rotateKeys } from '../rotate-keys.js';
import { answer, CommandRefused } from './answer.js';
import { onMachine } from './machine.js';

/** `postern keys …`. */
export function addKeyCommands(program: Command): void {
  const keys = program.command('keys').description('the keys of what is kept secret (ENCRYPTION_KEYS)');

  keys.command('generate')
    .description('print a new key')
    .action((_options: object, command: Command) => {
      const key = newMasterKey(new Date());
      answer(command, key, { key });
    });

  keys.command('rotate')
    .description('encrypt with the newest key what older ones encrypted; when nothing is left, the older ones can go')
    .action((_options: object, command: Command) => onMachine(async ({ database, config }) => {
      const rotated = await rotateKeys(fork(database), openKeyRing(config, new Date()));
      answer(command, `Secrets encrypted anew: ${rotated.sealedAnew}; left: ${rotated.left}.`, rotated);
      if (rotated.left > 0) throw new CommandRefused('Keep the older keys: some secrets were written with one meanwhile, or none of the keys opens them. Run this again.');
    }));
}
