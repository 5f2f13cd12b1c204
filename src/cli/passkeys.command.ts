import type { Command } from 'commander';
import { dropPasskeys, findRpIds } from '../features/passkey/drop-passkeys.js';
import { withEventContext } from './event-context.js';
import { pluralize } from './pluralize.js';
import { CommandError, printResult } from './print-result.js';
import { withDatabase } from './with-database.js';

/** `postern passkeys …`. */
export function addPasskeyCommands(program: Command): void {
  program
    .command('passkeys')
    .description('manage passkeys')
    .command('drop')
    .description('delete all passkeys of an RP ID that the server no longer has')
    .requiredOption('--rp-id <domain>', 'RP ID of the passkeys to delete')
    .action(drop);
}

const drop = ({ rpId }: { readonly rpId: string }, command: Command): Promise<void> =>
  withDatabase(async (commandContext) => {
    if (rpId === commandContext.config.passkeys.rpId)
      throw new CommandError(`The server uses the RP ID ${rpId}. Set POSTERN_PASSKEY_RP_ID to the new one first.`);
    const dropped = await withEventContext(commandContext, async (context) => {
      const rpIds = await findRpIds(context);
      if (!rpIds.includes(rpId))
        throw new CommandError(
          `No passkey has the RP ID ${rpId}. ${rpIds.length > 0 ? `There are passkeys of: ${rpIds.join(', ')}.` : 'There are no passkeys.'}`,
        );
      return dropPasskeys(context, rpId);
    });
    const { passkeys, accounts, turnedOff } = dropped;
    printResult(
      command,
      `Deleted ${pluralize(passkeys, 'passkey')} of ${pluralize(accounts, 'account')}. ${pluralize(turnedOff, 'account')} without a second factor now.`,
      { rpId, ...dropped },
    );
  });
