import { Option, type Command } from 'commander';
import type { AccountStatus } from '../features/account/account.entity.js';
import type { Role } from '../rules/role.js';
import { findUsers, type ListedUser } from '../features/administration/find-users.js';
import { changeStatus } from '../features/administration/set-user-status.js';
import { fork } from '../database/connection/database.js';
import { SecurityEventEntity } from '../features/security-event/security-event.entity.js';
import { SessionEntity } from '../features/session/session.entity.js';
import { TwoFactorEntity } from '../features/two-factor/two-factor.entity.js';
import { runAction } from './run-action.js';
import { printResult } from './print-result.js';
import { findAccount } from './find-account.js';
import { withDatabase } from './with-database.js';
import { visible } from '../text/visible-text.js';

/** People that a list shows at once. */
const USERS_LIMIT = 100;

/** Events that `show` ends with. */
const LAST_EVENTS = 10;

/** `postern users …`. */
export function addUserCommands(program: Command): void {
  const users = program.command('users').description('people and their accounts');

  users
    .command('list')
    .description(`list people by their usernames, ${USERS_LIMIT} at the most`)
    .option('--search <text>', 'whose username or email address has this in it')
    .addOption(new Option('--role <role>', 'of this role').choices(['USER', 'ADMIN', 'ROOT', 'SERVICE']))
    .addOption(new Option('--status <status>', 'in this state').choices(['ACTIVE', 'DISABLED', 'DELETED']))
    .action(list);

  users
    .command('show')
    .description('show an account, and what happened to it last')
    .argument('<username>', 'a username, or the id of an account')
    .action(show);

  for (const [name, status, description] of [
    ['disable', 'DISABLED', 'refuse an account with every credential from now on'],
    ['enable', 'ACTIVE', 'let an account in again'],
  ] as const) {
    users
      .command(name)
      .description(description)
      .argument('<username>', 'a username, or the id of an account')
      .requiredOption('--reason <words>', 'why; it is recorded, and the person is told')
      .action((username: string, { reason }: { reason: string }, command: Command) =>
        withDatabase(async (machine) => {
          await runAction(machine, username, reason, (underWay) => changeStatus(underWay, status));
          printResult(command, `The account ${username} is ${status}.`, { username, status });
        }),
      );
  }
}

interface ListOptions {
  readonly search?: string;
  readonly role?: Role;
  readonly status?: AccountStatus;
}

const list = ({ search, role, status }: ListOptions, command: Command) =>
  withDatabase(async ({ database: { reader } }) => {
    const selection = {
      search: search?.trim().toLowerCase() ?? null,
      role: role ?? null,
      status: status ?? null,
      twoFactorEnabled: null,
    };
    const found = await findUsers(
      reader,
      selection,
      { field: 'USERNAME', direction: 'ASC' },
      { after: null, before: null, size: USERS_LIMIT, backward: false },
    );
    const more = found.length > USERS_LIMIT ? ['There are more: search for a part of the name.'] : [];
    const users = found.slice(0, USERS_LIMIT).map(describe);
    const lines = users.map((user) =>
      `${user.username.padEnd(32)}  ${user.role.padEnd(7)}  ${user.status.padEnd(8)}  ${user.email ?? ''}`.trimEnd(),
    );
    printResult(command, users.length === 0 ? 'There is nobody.' : [...lines, ...more].join('\n'), ...users);
  });

const describe = ({
  id,
  username,
  role,
  status,
  email,
  createdAt,
  lastLoginAt,
}: Omit<ListedUser, 'value' | 'locale'>) => ({
  id,
  username,
  role,
  status,
  email: email && visible(email),
  createdAt,
  lastLoginAt,
});

const show = (username: string, _options: object, command: Command) =>
  withDatabase(async ({ database }) => {
    const em = fork(database);
    const account = await findAccount(em, username);
    const twoFactor = (await em.count(TwoFactorEntity, { account: account.id })) > 0;
    const sessions = await em.count(SessionEntity, { account: account.id });
    const events = await em.find(
      SecurityEventEntity,
      { accountId: account.id },
      { orderBy: { id: 'desc' }, limit: LAST_EVENTS },
    );
    const facts = {
      ...describe({ ...account, email: account.email ?? null, lastLoginAt: account.lastLoginAt ?? null }),
      twoFactor,
      sessions,
    };
    const lastEvents = events.map(({ at, type, outcome, ip, reason }) => ({
      at,
      type,
      outcome,
      ip,
      reason: reason ? visible(reason) : null,
    }));
    printResult(
      command,
      [
        ...Object.entries(facts).map(
          ([name, value]) =>
            `${name.padEnd(12)}  ${value instanceof Date ? value.toISOString() : String(value ?? 'none')}`,
        ),
        ...lastEvents.map(({ at, type, outcome, ip, reason }) =>
          `${at.toISOString()}  ${type.padEnd(24)}  ${outcome.padEnd(7)}  ${ip ?? ''}  ${reason ?? ''}`.trimEnd(),
        ),
      ].join('\n'),
      { ...facts, lastEvents },
    );
  });
