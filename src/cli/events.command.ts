import { Option, type Command } from 'commander';
import { fork } from '../database/connection/database.js';
import { openKeyRing } from '../encryption/key-ring-on-disk.js';
import { exportEvents } from '../features/security-event/export-events.js';
import { formatSeal } from '../features/security-event/event-seal.js';
import { sealEvents } from '../features/security-event/seal-events.js';
import { MAXIMUM_FAULTS, verifyEvents, type LoggedSeal } from '../features/security-event/verify-events.js';
import { printResult, CommandError, ChecksFailed } from './print-result.js';
import { eventsAsCsv, eventsAsJson } from './event-formats.js';
import { describeFault } from './describe-fault.js';
import { findAccount } from './find-account.js';
import { withDatabase } from './with-database.js';
import { parseEventTypes, parseTime, parseSeal } from './parse-arguments.js';
import { printStream } from './print-stream.js';

/** `postern events …`. */
export function addEventCommands(program: Command): void {
  const events = program.command('events').description('what happened to the security of accounts');

  events
    .command('export')
    .description('write security events to standard output, oldest first')
    .addOption(
      new Option('--format <format>', 'one JSON object a line, or CSV with a head line')
        .choices(['json', 'csv'])
        .default('json'),
    )
    .option('--from <moment>', 'from this moment on, e.g. 2026-11-01 or 2026-11-01T08:00:00Z', parseTime)
    .option('--to <moment>', 'before this moment', parseTime)
    .option('--type <types>', 'of these types, separated by commas, e.g. LOGIN_FAILED,LOGIN_SUCCEEDED', parseEventTypes)
    .option('--user <username>', 'of this person’s account; a username, or the id of an account')
    .action(exportChosen);

  events
    .command('verify')
    .description('find tampering with security events: names the first that was changed, removed, inserted or moved')
    .option('--seal <number:hash>', 'the last seal in the log, which finds a tail that was cut off as well', parseSeal)
    .option('--all', `name up to ${MAXIMUM_FAULTS} faults instead of the first`)
    .addHelpText('after', '\nExit code 2: there was tampering.')
    .action(verify);

  events
    .command('seal')
    .description(
      'seal every event that is not sealed yet, however late it came; servers seal what is new by themselves',
    )
    .action(sealNow);
}

interface ExportOptions {
  readonly format: 'json' | 'csv';
  readonly from?: Date;
  readonly to?: Date;
  readonly type?: readonly string[];
  readonly user?: string;
}

const exportChosen = ({ format, from, to, type, user }: ExportOptions) =>
  withDatabase(async ({ database }) => {
    const em = fork(database);
    const accountId = user === undefined ? null : (await findAccount(em, user)).id;
    const events = exportEvents(em, { from: from ?? null, to: to ?? null, types: type ?? null, accountId });
    await printStream(format === 'csv' ? eventsAsCsv(events) : eventsAsJson(events));
  });

const verify = ({ seal, all }: { seal?: LoggedSeal; all?: boolean }, command: Command) =>
  withDatabase(async ({ database, config }) => {
    const { faults, ...looked } = await verifyEvents(database, openKeyRing(config, new Date()), seal ?? null);
    const named = all ? faults : faults.slice(0, 1);
    const scope = `${looked.seals} seals of ${looked.sealedEvents} events; ${looked.unsealedEvents} events wait for a seal.`;
    const last = looked.lastSeal === null ? 'There is no seal yet.' : `The last seal is ${looked.lastSeal}.`;
    const verdict =
      faults.length === 0
        ? 'Nothing was tampered with'
        : `There was tampering, with ${faults.length}${faults.length === MAXIMUM_FAULTS ? ' or more' : ''} faults`;
    printResult(command, [...named.map(describeFault), `${verdict}: ${scope} ${last}`].join('\n'), {
      ...looked,
      faults: named.map((fault) => ({ ...fault, message: describeFault(fault) })),
    });
    if (faults.length > 0) throw new ChecksFailed();
  });

const sealNow = (_options: object, command: Command) =>
  withDatabase(async ({ database, config }) => {
    const { seals, unverified: foreign } = await sealEvents(
      fork(database),
      openKeyRing(config, new Date()),
      () => new Date(),
      true,
    );
    const words = seals.map((seal) => `Sealed ${seal.events} events: ${formatSeal(seal)}`);
    printResult(
      command,
      words.length > 0 ? words.join('\n') : 'Everything was sealed.',
      ...seals.map((seal) => ({ seal: formatSeal(seal), events: seal.events })),
    );
    if (foreign > 0)
      throw new CommandError(
        `${foreign} events are not Postern’s and were not sealed: "postern events verify --all" names them.`,
      );
  });
