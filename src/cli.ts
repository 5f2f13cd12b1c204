import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Command } from 'commander';
import { loadConfig, type Config } from './config.js';
import { newMasterKey } from './crypto/key-ring.js';
import { createPasswordHashing } from './crypto/password-hash.js';
import { fork, type Database } from './database/database.js';
import { migrate } from './database/migrate.js';
import { openDatabase } from './database/open-database.js';
import { createLogger } from './logger.js';
import { openMailQueue } from './mail/mail-queue.js';
import { openKeyRing } from './encryption-keys.js';
import { rotateKeys } from './rotate-keys.js';
import { createRoot } from './sign-up/create-root.js';
import { explainFailure } from './start-failure.js';

const program = new Command('postern')
  .description('Looks after a Postern from the machine that it runs on. The settings are those of the server (environment).')
  .showHelpAfterError();

program.command('migrate')
  .description('bring the database up to date')
  .action(() => withDatabase(({ migrations }) => {
    say(migrations.length > 0 ? `${migrations.length} migrations applied.` : 'The database was up to date.');
  }));

program.command('admin').description('administrators')
  .command('create')
  .description('make a ROOT account')
  .requiredOption('--username <name>', 'the name to sign in with')
  .option('--password-file <path>', 'a file with the password; without it the password is asked for')
  .action((options: { username: string; passwordFile?: string }) => withDatabase(async ({ database, config }) => {
    const password = options.passwordFile ? readPassword(options.passwordFile) : await askForPassword();
    const passwords = await createPasswordHashing(config.argon2);
    const problem = await createRoot({ em: fork(database), passwords, config, now: new Date() }, options.username, password);
    if (problem) throw new CommandRefused(problem);
    say(`The ROOT account ${options.username} is there. Sign in with it.`);
  }));

program.command('mail').description('mails that Postern sends')
  .command('failed')
  .description('list the mails that could not be sent and were given up')
  .option('--json', 'print JSON, one mail a line')
  .action((options: { json?: boolean }) => withDatabase(async ({ database }) => {
    const queue = await openMailQueue(database, createLogger('error'));
    const mails = await queue.failed().finally(queue.stop);
    if (options.json) for (const mail of mails) say(JSON.stringify(mail));
    else say(mails.length === 0 ? 'No mail was given up.' : mails.map(({ createdAt, failedAt, data, reason }) =>
      `${createdAt.toISOString()}  ${data.kind.padEnd(18)} given up ${failedAt.toISOString()}: ${reason}`).join('\n'));
  }));

const keys = program.command('keys').description('the keys of what is kept secret (ENCRYPTION_KEYS)');

keys.command('generate')
  .description('print a new key')
  .action(() => { say(newMasterKey(new Date())); });

keys.command('rotate')
  .description('encrypt with the newest key what older ones encrypted; when nothing is left, the older ones can go')
  .action(() => withDatabase(async ({ database, config }) => {
    const { sealedAnew, left } = await rotateKeys(fork(database), openKeyRing(config, new Date()));
    say(`Secrets encrypted anew: ${sealedAnew}; left: ${left}.`);
    if (left > 0) throw new CommandRefused('Keep the older keys: some secrets were written with one meanwhile, or none of the keys opens them. Run this again.');
  }));

/** A command was refused for a reason that its user can mend. */
class CommandRefused extends Error {}

interface Machine {
  readonly config: Config;
  readonly database: Database;
  readonly migrations: readonly string[];
}

/** Opens and migrates the database for a command, and closes it whatever happens. */
async function withDatabase(work: (machine: Machine) => Promise<void> | void): Promise<void> {
  const config = loadConfig();
  const database = await openDatabase(config.database);
  try {
    await work({ config, database, migrations: await migrate(database) });
  } finally {
    await database.close();
  }
}

function readPassword(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch {
    throw new CommandRefused(`There is no file to read a password from at ${file}.`);
  }
}

/** Asks on the terminal, without showing what is typed; reads a line where there is no terminal. */
async function askForPassword(): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  process.stderr.write('Password: ');
  const prompt = createInterface({ input: process.stdin, output: silent, terminal: process.stdin.isTTY === true });
  const ended = once(prompt, 'close').then(() => { throw new CommandRefused('No password was given.'); });
  try {
    return await Promise.race([prompt.question(''), ended]);
  } finally {
    ended.catch(() => undefined);
    prompt.close();
    process.stderr.write('\n');
  }
}

const say = (text: string) => process.stdout.write(`${text}\n`);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${error instanceof CommandRefused ? error.message : explainFailure(error, 'This cannot be done')}\n`);
  process.exitCode = 1;
}
