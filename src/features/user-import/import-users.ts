import { lacksBcryptFor } from '../../crypto/bcrypt-hash.js';
import { newId } from '../../database/connection/id.js';
import type { NumberedLine } from '../../text/split-lines.js';
import { findOrCreateRetiredUsernameKey, findRetiredUsernameKey } from '../username/retired-username-key.js';
import { findConflicts, type Conflict, type IdentifiedUser } from './find-conflicts.js';
import { FirstLines } from './first-lines.js';
import { importedAccountId } from './imported-account-id.js';
import { insertUsers, type ImportContext } from './insert-users.js';
import { parseImportedUser, type ImportedUser, type LineFault } from './parse-imported-user.js';

/** Users of one transaction. */
const USERS_PER_BATCH = 500;

/** What became of a line, or would become of it. */
export interface LineResult {
  readonly line: number;
  readonly result: 'IMPORTED' | 'ALREADY_THERE' | 'REFUSED';
  /** Why it was refused. */
  readonly faults: readonly LineFault[];
  /** Null for a line that couldn't be read. */
  readonly user: ImportedUser | null;
}

/** A line, and its user or what is wrong with it. */
interface ReadLine {
  readonly line: number;
  readonly user: ImportedUser | null;
  readonly faults: readonly LineFault[];
}

/**
 * Creates the accounts of users of another system, or checks whether it could. A line that can't be imported is left
 * out, and never merged with an account that exists. Each batch is a transaction, so an import that was interrupted
 * continues when it is repeated (docs/decisions/059-importing-users.md).
 *
 * @param newContext makes the context of one batch
 * @returns the results, batch by batch
 */
export async function* importUsers(
  newContext: () => ImportContext,
  lines: AsyncIterable<NumberedLine>,
  { isDryRun }: { readonly isDryRun: boolean },
): AsyncGenerator<readonly LineResult[]> {
  const first = newContext();
  const key = await (isDryRun ? findRetiredUsernameKey(first) : findOrCreateRetiredUsernameKey(first));
  const isUnverifiable = await lacksBcryptFor();
  for await (const batch of inBatches(readLines(lines, first.now, isUnverifiable))) {
    const context = newContext();
    const users = batch.flatMap(({ user, faults }): IdentifiedUser[] =>
      user && faults.length === 0 ? [{ ...user, id: accountId(key, user, context.now) }] : [],
    );
    const conflicts = await (isDryRun ? findConflicts(context, users, new Set()) : insertUsers(context, users));
    const ids = new Map(users.map(({ identity, id }) => [identity, id]));
    yield batch.map((line) => toResult(line, conflicts.get(ids.get(line.user?.identity ?? '') ?? '')));
  }
}

/** The ID of the account. Without a key nothing was ever imported, so a dry run takes any. */
const accountId = (key: Buffer | null, { identity }: ImportedUser, now: Date): string =>
  key ? importedAccountId(key, identity) : newId(now);

async function* inBatches(lines: AsyncIterable<ReadLine>): AsyncGenerator<readonly ReadLine[]> {
  let batch: ReadLine[] = [];
  for await (const line of lines) {
    batch.push(line);
    if (batch.length < USERS_PER_BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Reads lines that aren't blank. A hash that can't be verified here is a fault of its line. */
async function* readLines(
  lines: AsyncIterable<NumberedLine>,
  now: Date,
  isUnverifiable: (hash: string | null) => boolean,
): AsyncGenerator<ReadLine> {
  const seen = new FirstLines();
  for await (const line of lines) {
    if (line.text?.trim() === '') continue;
    const read = readLine(line, seen, now);
    yield isUnverifiable(read.user?.passwordHash ?? null) ? { ...read, faults: [...read.faults, NO_BCRYPT] } : read;
  }
}

/** A sign-in with such a hash would fail as a fault of the server. */
const NO_BCRYPT: LineFault = {
  field: 'passwordHash',
  message: "Is a bcrypt hash, which this installation can't verify. Install Postern without --omit=optional.",
};

/** Reads a line. A value that an earlier line has is a fault, even if that line can't be imported. */
function readLine({ number: line, text }: NumberedLine, seen: FirstLines, now: Date): ReadLine {
  const parsed = parseImportedUser(text, now);
  if (!('identity' in parsed)) return { line, user: null, faults: parsed };
  const { identity, username, email } = parsed;
  const values = [
    ['username', `username ${username}`],
    ...(identity.startsWith('id:') ? [['externalId', identity] as const] : []),
    ...(email ? [['email', `email ${email.key}`] as const] : []),
  ] as const;
  const faults = values.flatMap(([field, value]): LineFault[] => {
    const earlier = seen.note(value, line);
    return earlier === null ? [] : [{ field, message: `Is the same as in line ${earlier}.` }];
  });
  return { line, user: parsed, faults };
}

function toResult({ line, user, faults }: ReadLine, conflict: Conflict | undefined): LineResult {
  if (faults.length > 0) return { line, user, faults, result: 'REFUSED' };
  if (conflict === 'ALREADY_THERE') return { line, user, faults, result: 'ALREADY_THERE' };
  return conflict ? { line, user, faults: conflict, result: 'REFUSED' } : { line, user, faults, result: 'IMPORTED' };
}
