import { sql } from 'kysely';
import type { EntityManager } from '../database/connection/database.js';
import type { Tables } from '../database/read/select.js';
import { lockAndVerifyAuthority, type Authority } from './authority.js';
import { OverloadedError } from './overloaded.js';
import { repeatTransient } from './repeat-transient.js';

/** Anything with a unit of work. */
export interface WithUnitOfWork {
  readonly em: EntityManager;
  /** When a request must have committed, by `performance.now()`. Commands and background work have no deadline. */
  readonly deadline?: number;
}

/** Further accounts that a change locks. */
export interface LockedAccounts {
  readonly ids: readonly string[];
  /** Whether to lock every account of the role ROOT as well. */
  readonly roots?: boolean;
}

/**
 * Runs a change in a transaction, which first locks the account's row and verifies the authority of the request (D-1).
 * The change gets a context whose `em` is the transaction. A change that is not made by the deadline of its request is
 * rolled back, because its caller gets an error.
 *
 * @param change is repeated after a transient fault, such as a deadlock, so it has no effect outside of its transaction
 * @param locked further accounts to lock; all rows are locked in ID order, so that changes don't deadlock
 * @throws {CredentialRevokedError} if the session or token of the request was revoked during the request
 * @throws {OverloadedError} if the deadline has passed
 */
export async function transaction<Context extends WithUnitOfWork, Result>(
  context: Context,
  authority: Authority,
  change: (context: Context) => Promise<Result>,
  locked?: LockedAccounts,
): Promise<Result> {
  if (context.em.isInTransaction()) throw new Error('a rule in a transaction got the context from outside of it');
  return repeatTransient((beforeCommit) => {
    ensureInTime(context);
    return context.em.transactional(async (em) => {
      if (locked) await lockAccounts(em, authority, locked);
      await lockAndVerifyAuthority(em, authority);
      const result = await change(withEntityManager(context, em));
      ensureInTime(context);
      beforeCommit();
      return result;
    });
  });
}

function ensureInTime({ deadline = Infinity }: WithUnitOfWork): void {
  if (performance.now() > deadline) throw new OverloadedError('the deadline of the operation has passed');
}

/** Runs a part of a transaction that can fail without failing the transaction. */
export const savepoint = <Context extends WithUnitOfWork, Result>(
  context: Context,
  change: (context: Context) => Promise<Result>,
): Promise<Result> => context.em.transactional((em) => change(withEntityManager(context, em)));

/** The same context with another unit of work. Its getters are still evaluated on demand. */
const withEntityManager = <Context extends WithUnitOfWork>(context: Context, em: EntityManager): Context =>
  Object.create(context, { em: { value: em, enumerable: true } }) as Context;

async function lockAccounts(
  em: EntityManager,
  authority: Authority,
  { ids, roots = false }: LockedAccounts,
): Promise<void> {
  const lockedIds = authority.credential === 'NONE' ? ids : [...ids, authority.accountId];
  await em
    .getKysely<Tables>()
    .selectFrom('accounts')
    .select('id')
    .where(({ or, eb, val, and }) =>
      or([
        eb('id', '=', sql<string>`any(${val(lockedIds)}::uuid[])`),
        ...(roots ? [and([eb('role', '=', 'ROOT'), eb('erased_at', 'is', null)])] : []),
      ]),
    )
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
}
