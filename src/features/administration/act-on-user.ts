import { LockMode } from '@mikro-orm/core';
import { AccountEntity, type Account } from '../account/account.entity.js';
import type { EntityManager } from '../../database/connection/database.js';
import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
import type { SecurityEventType } from '../security-event/security-event.entity.js';
import { SessionOver } from '../session/session-over.js';
import type { Viewer } from '../../rules/viewer.js';
import { refuse, refuseAll } from '../../rules/refuse.js';
import { outranks } from '../../rules/role.js';
import { canonicalReason } from '../../text/normalize.js';
import { reasonFaults } from './reason.js';

/** Whom an administrator acts on, and why. */
export interface Act {
  /** Null for an id that is none. */
  readonly userId: string | null;
  readonly reason: string;
}

/** What an act may be done to, beside people of a lower rank. */
export interface Reach {
  /** Whether ROOT does it to another ROOT as well. */
  readonly rootOnRoot?: boolean;
  /** Whether it is done to deleted accounts, and to no others. */
  readonly onDeleted?: boolean;
}

/** An act under way, in the transaction that holds both accounts as they are. */
export interface ActUnderWay {
  readonly em: EntityManager;
  readonly actor: Account;
  readonly target: Account;
  /** Everybody of the role ROOT who can sign in. */
  readonly roots: readonly Account[];
  readonly reason: string;
  /** Records what was done, with who did it and why, and tells the person. */
  record(type: SecurityEventType, detail?: string): Promise<void>;
}

/**
 * Carries out an act of an administrator on somebody else. One transaction locks both, and everybody of the role ROOT,
 * in the order of their ids, and reads their ranks there: of two who act on each other at once one comes too late
 * (R-71, R-72).
 *
 * Refused: without a reason (REASON_REQUIRED), on oneself (ON_SELF), on who is not there (NOT_FOUND), and on who does
 * not stand below the administrator (RANK).
 *
 * @throws {SessionOver} where the administrator was disabled, got another role or was signed out meanwhile
 */
export async function actOnUser<Result>(
  context: RuleContext,
  viewer: Viewer,
  { userId, ...act }: Act,
  reach: Reach,
  change: (act: ActUnderWay) => Promise<Result>,
): Promise<Result> {
  const reason = canonicalReason(act.reason);
  refuseAll(reasonFaults(reason));
  if (userId === viewer.accountId) refuse('ON_SELF', 'userId');
  return context.em.transactional(async (em) => {
    const accounts = await lockAccounts(em, [viewer.accountId, ...(userId === null ? [] : [userId])]);
    const actor = actorAmong(accounts, viewer);
    const target = accounts.find(({ id }) => id === userId) ?? refuse('NOT_FOUND', 'userId');
    const isPeer = reach.rootOnRoot && actor.role === 'ROOT' && target.role === 'ROOT';
    if (!isPeer && !outranks(actor.role, target.role)) refuse('RANK', 'userId');
    if ((target.status === 'DELETED') !== (reach.onDeleted ?? false)) refuse('NOT_FOUND', 'userId');
    return change({
      em,
      actor,
      target,
      reason,
      roots: accounts.filter(canRule),
      record: (type, detail) =>
        recordEvent(em, context, {
          type,
          detail: detail ?? null,
          reason,
          accountId: target.id,
          actorId: actor.id,
          sessionId: viewer.sessionId,
        }),
    });
  });
}

/**
 * Locks accounts, and all of the role ROOT, in one order for everybody, so that nobody waits for somebody who waits for
 * them.
 */
export const lockAccounts = (em: EntityManager, ids: readonly string[]): Promise<Account[]> =>
  em.find(
    AccountEntity,
    { erasedAt: null, $or: [{ id: { $in: [...ids] } }, { role: 'ROOT' }] },
    { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE, disableIdentityMap: true },
  );

/**
 * The administrator as they are now. @throws {SessionOver} where they were disabled, got another role or were signed
 * out meanwhile
 */
export function actorAmong(accounts: readonly Account[], { accountId, authVersion }: Viewer): Account {
  const actor = accounts.find(({ id }) => id === accountId);
  if (actor?.status !== 'ACTIVE' || actor.authVersion !== authVersion) throw new SessionOver();
  return actor;
}

/** Whether somebody is a ROOT who can sign in. */
export const canRule = ({ role, status, passwordHash }: Account): boolean =>
  role === 'ROOT' && status === 'ACTIVE' && passwordHash !== null;

/** Refuses to take its power from the last ROOT who can sign in. */
export function keepARoot({ target, roots }: Pick<ActUnderWay, 'target' | 'roots'>): void {
  if (target.role === 'ROOT' && !roots.some(({ id }) => id !== target.id)) refuse('LAST_ROOT', 'userId');
}
