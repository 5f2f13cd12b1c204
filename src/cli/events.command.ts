import { Option, type Command } from 'commander';
import { pluralize } from './pluralize.js';
import { fork } from '../database/connection/database.js';
import { openKeyRing } from '../encryption/key-ring-on-disk.js';
import { exportEvents } from '../features/security-event/export-events.js';
import { formatSeal } from '../features/security-event/event-seal.js';
import { sealEvents } from '../features/security-event/seal-events.js';
import { verifyEvents } from '../features/security-event/verify-events.js';
import { MAXIMUM_FAULTS, type Fault, type LoggedSeal } from '../features/security-event/verify-seal.js';
import { printResult, CommandError, ChecksFailedError } from './print-result.js';
import { eventsAsCsv, eventsAsJson } from './event-formats.js';
import { follow } from './follow-events.js';
import { describeFault } from './describe-fault.js';
import { ensureRightClock } from './ensure-right-clock.js';
import { ACCOUNT_ARGUMENT, findAccount } from './find-account.js';
import { withDatabase } from './with-database.js';
import { parseEventTypes, parseTime, parseSeal } from './parse-arguments.js';
import { printStream } from './print-stream.js';

/** `postern events …`. */
export function addEventCommands(program: Command): void {
  const events = program.command('events').description('export, follow, verify and seal security events');

  events
    .command('export')
    .description('write security events to standard output, oldest first')
    .addOption(
      new Option('--format <format>', 'one JSON object per line, or CSV with a header line')
        .choices(['json', 'jsonl', 'csv'])
        .default('json'),
    )
    .option('--from <time>', 'from this time on, e.g. 2026-11-01 or 2026-11-01T08:00:00Z', parseTime)
    .option('--to <time>', 'before this time', parseTime)
    .option('--type <types>', 'only these types, comma-separated, e.g. LOGIN_FAILED,LOGIN_SUCCEEDED', parseEventTypes)
    .option('--user <account>', `only this account: ${ACCOUNT_ARGUMENT}`)
    .action(exportSelected);

  events
    .command('verify')
    .description('detect tampering: name the first event that was changed, deleted, inserted or moved')
    .option(
      '--seal <number:hash>',
      'the last seal in the log; also detects that the newest events were deleted',
      parseSeal,
    )
    .option('--all', `list up to ${MAXIMUM_FAULTS} faults instead of the first`)
    .addHelpText('after', '\nExit code 2: tampering was found, or a key is missing.')
    .action(verify);

  events
    .command('seal')
    .description('seal every unsealed event, including late ones; running servers seal new events automatically')
    .action(sealNow);

  events
    .command('follow')
    .description('print each event when it is sealed, once and in its final order, until it is stopped')
    .option(
      '--after <cursor>',
      'begin after this cursor, or at the "start"; without it, with events sealed from now on',
    )
    .option('--state <file>', 'file that remembers the cursor; while it exists, it wins over --after')
    .option('--once', 'stop when everything that is sealed was printed')
    .action(follow);
}

interface ExportOptions {
  readonly format: 'json' | 'jsonl' | 'csv';
  readonly from?: Date;
  readonly to?: Date;
  readonly type?: readonly string[];
  readonly user?: string;
}

const exportSelected = ({ format, from, to, type, user }: ExportOptions) =>
  withDatabase(async ({ database }) => {
    const em = fork(database);
    const accountId = user === undefined ? null : (await findAccount(em, user)).id;
    const events = exportEvents(em, { from: from ?? null, to: to ?? null, types: type ?? null, accountId });
    await printStream(format === 'csv' ? eventsAsCsv(events) : eventsAsJson(events));
  });

const verify = ({ seal, all }: { seal?: LoggedSeal; all?: boolean }, command: Command) =>
  withDatabase(async ({ database, config }) => {
    const { faults, ...verification } = await verifyEvents(database, openKeyRing(config, new Date()), seal ?? null);
    const shownFaults = all ? faults : faults.slice(0, 1);
    const scope = `${pluralize(verification.seals, 'seal')}, ${pluralize(verification.sealedEvents, 'sealed event')}, ${pluralize(verification.unsealedEvents, 'event')} not sealed yet.`;
    const last = verification.lastSeal === null ? 'No seal yet.' : `Last seal: ${verification.lastSeal}.`;
    const deleted = verification.deletedThrough
      ? ` Retention deleted what was sealed until ${verification.deletedThrough.toISOString()}.`
      : '';
    printResult(
      command,
      [...shownFaults.map(describeFault), `${summarize(faults)}. ${scope} ${last}${deleted}`].join('\n'),
      {
        ...verification,
        faults: shownFaults.map((fault) => ({ ...fault, message: describeFault(fault) })),
      },
    );
    if (faults.length > 0) throw new ChecksFailedError();
  });

function summarize(faults: readonly Fault[]): string {
  const count =
    faults.length === MAXIMUM_FAULTS ? `${faults.length} or more faults` : pluralize(faults.length, 'fault');
  if (faults.length === 0) return 'No tampering found';
  if (faults.every(({ kind }) => kind === 'EVENT_KEY_MISSING' || kind === 'SEAL_KEY_MISSING'))
    return `Not everything could be verified, because keys are missing: ${count}`;
  return `Tampering found: ${count}`;
}

const sealNow = (_options: object, command: Command) =>
  withDatabase(async ({ database, config }) => {
    await ensureRightClock(database);
    const { seals, unverified } = await sealEvents(
      fork(database),
      openKeyRing(config, new Date()),
      () => new Date(),
      true,
    );
    const lines = seals.map((seal) => `Sealed ${pluralize(seal.events, 'event')}: ${formatSeal(seal)}`);
    printResult(
      command,
      lines.length > 0 ? lines.join('\n') : 'All events are already sealed.',
      ...seals.map((seal) => ({ seal: formatSeal(seal), events: seal.events })),
    );
    if (unverified > 0)
      throw new CommandError(
        `${pluralize(unverified, 'event')} not written by Postern and not sealed. Run "postern events verify --all" to list them.`,
      );
  });
