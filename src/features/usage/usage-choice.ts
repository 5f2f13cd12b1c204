import { MAX_ID, NIL_ID, beforeIdsOf } from '../../database/connection/id.js';
import type { UsageType } from './usage-log.entity.js';

/** Which usage is wanted; what is null limits nothing. */
export interface UsageChoice {
  readonly from: Date | null;
  readonly to: Date | null;
  readonly type: UsageType | null;
  readonly callKeyId: string | null;
  readonly model: string | null;
  readonly requestId: string | null;
}

/**
 * The ids between which logs are wanted, both left out. A time and a place in a list are both places among the ids, so
 * that one condition holds them and chooses the partitions.
 */
export interface IdRange {
  readonly above: string;
  readonly below: string;
}

/**
 * The ids of a choice's time, and of a page of it: the newest log comes first, so that what is after a log has a
 * smaller id.
 */
export function idRangeOf(
  { from, to }: Pick<UsageChoice, 'from' | 'to'>,
  { after, before }: { readonly after: string | null; readonly before: string | null } = { after: null, before: null },
): IdRange {
  return {
    above: greater(from ? beforeIdsOf(from) : NIL_ID, before ?? NIL_ID),
    below: smaller(to ? beforeIdsOf(to) : MAX_ID, after ?? MAX_ID),
  };
}

const greater = (one: string, other: string): string => (one > other ? one : other);
const smaller = (one: string, other: string): string => (one < other ? one : other);
