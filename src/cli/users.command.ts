import { Option, type Command } from 'commander';
import type { AccountStatus } from '../features/account/account.entity.js';
import type { Role } from '../rules/role.js';
import { findUsers, type ListedUser } from '../features/administration/find-users.js';
import { changeStatus } from '../features/administration/set-user-status.js';
import { fork } from '../database/connection/database.js';
import { SecurityEventEntity } from '../features/security-event/security-event.entity.js';
import { SessionEntity } from '../features/session/session.entity.js';
import { findTwoFactorOfAccounts, usableKinds } from '../features/two-factor/find-two-factor.js';
import { defineImport } from './import-users.js';
import { runAction } from './run-action.js';
import { printResult } from './print-result.js';
import { ACCOUNT_ARGUMENT, findAccount } from './find-account.js';
import { withDatabase } from './with-database.js';
import { escapeMisleading } from '../text/visible-text.js';

/** Maximum number of users in a list. */
const USERS_LIMIT = 100;

/** Number of events that `show` prints. */
const EVENTS_SHOWN = 10;

/** `postern users …`. */
export function addUserCommands(program: Command): void {
  const users = program.command('users').description('list, show, disable, enable and import accounts');

  users
    .command('list')
    .description(`list accounts by username, up to ${USERS_LIMIT}`)
    .option('--search <text>', 'only accounts whose username or email address contains this text')
    .addOption(
      new Option('--role <role>', 'only accounts with this role').choices(['USER', 'ADMIN', 'ROOT', 'SERVICE']),
    )
    .addOption(
      new Option('--status <status>', 'only accounts with this status').choices(['ACTIVE', 'DISABLED', 'DELETED']),
    )
    .action(listUsers);

  users
    .command('show')
    .description('show an account and its latest security events')
    .argument('<account>', ACCOUNT_ARGUMENT)
    .action(showUser);

  for (const [name, status, description] of [
    ['disable', 'DISABLED', 'disable an account: its password, sessions, API token and call keys stop working'],
    ['enable', 'ACTIVE', 'enable an account again'],
  ] as const) {
    users
      .command(name)
      .description(description)
      .argument('<account>', ACCOUNT_ARGUMENT)
      .requiredOption('--reason <text>', 'reason; it is recorded and sent to the user')
      .action((username: string, { reason }: { reason: string }, command: Command) =>
        withDatabase(async (commandContext) => {
          await runAction(commandContext, username, reason, (actionContext) => changeStatus(actionContext, status));
          printResult(command, `The account ${username} is now ${status}.`, { username, status });
        }),
      );
  }

  defineImport(users.command('import'));
}

interface ListOptions {
  readonly search?: string;
  readonly role?: Role;
  readonly status?: AccountStatus;
}

const listUsers = ({ search, role, status }: ListOptions, command: Command) =>
  withDatabase(async ({ database: { reader } }) => {
    const selection = {
      search: search?.trim().toLowerCase() ?? null,
      role: role ?? null,
      status: status ?? null,
      twoFactorEnabled: null,
    };
    const rows = await findUsers(
      reader,
      selection,
      { field: 'USERNAME', direction: 'ASC' },
      { after: null, before: null, size: USERS_LIMIT, backward: false },
    );
    const more = rows.length > USERS_LIMIT ? ['There are more accounts. Narrow the list with --search.'] : [];
    const users = rows.slice(0, USERS_LIMIT).map(toListedUser);
    const lines = users.map((user) =>
      `${user.username.padEnd(32)}  ${user.role.padEnd(7)}  ${user.status.padEnd(8)}  ${user.email ?? ''}`.trimEnd(),
    );
    printResult(command, users.length === 0 ? 'No accounts found.' : [...lines, ...more].join('\n'), ...users);
  });

const toListedUser = ({
  id,
  username,
  role,
  status,
  email,
  createdAt,
  lastLoginAt,
}: Omit<ListedUser, 'value' | 'locale' | 'serviceScopes'>) => ({
  id,
  username,
  role,
  status,
  email: email && escapeMisleading(email),
  createdAt,
  lastLoginAt,
});

const showUser = (username: string, _options: object, command: Command) =>
  withDatabase(async ({ database }) => {
    const em = fork(database);
    const account = await findAccount(em, username);
    const [twoFactor] = await findTwoFactorOfAccounts(database.reader, { accountIds: [account.id] });
    const sessions = await em.count(SessionEntity, { account: account.id });
    const events = await em.find(
      SecurityEventEntity,
      { accountId: account.id },
      { orderBy: { id: 'desc' }, limit: EVENTS_SHOWN },
    );
    const details = {
      ...toListedUser({ ...account, email: account.email ?? null, lastLoginAt: account.lastLoginAt ?? null }),
      twoFactor: twoFactor !== undefined,
      factors: twoFactor ? usableKinds(twoFactor).join(', ') : null,
      sessions,
      ...(account.serviceScopes ? { scopes: account.serviceScopes.join(', ') } : {}),
    };
    const lastEvents = events.map(({ at, type, outcome, ip, reason }) => ({
      at,
      type,
      outcome,
      ip,
      reason: reason ? escapeMisleading(reason) : null,
    }));
    printResult(
      command,
      [
        ...Object.entries(details).map(
          ([name, value]) =>
            `${name.padEnd(12)}  ${value instanceof Date ? value.toISOString() : String(value ?? 'none')}`,
        ),
        ...lastEvents.map(({ at, type, outcome, ip, reason }) =>
          `${at.toISOString()}  ${type.padEnd(24)}  ${outcome.padEnd(7)}  ${ip ?? ''}  ${reason ?? ''}`.trimEnd(),
        ),
      ].join('\n'),
      { ...details, lastEvents },
    );
  });
