import type { GrowthJob } from './growth/growth-job.ts';
import { listsOfAll, ownLists } from './growth/list-jobs.ts';
import { me, recordUsage, signInJob, updateCallKey, verifyCallKey } from './growth/request-jobs.ts';

const [usageLogs, callKeys, events, summary, series] = ownLists as [
  GrowthJob,
  GrowthJob,
  GrowthJob,
  GrowthJob,
  GrowthJob,
];
const [users, allEvents] = listsOfAll as [GrowthJob, GrowthJob, GrowthJob];
const one = recordUsage(1, 0);
const ten = recordUsage(10, 0);

/** How often each kind of request occurs among a hundred. */
export interface Mix {
  readonly title: string;
  readonly lists: ReadonlyMap<GrowthJob, number>;
  readonly others: ReadonlyMap<GrowthJob, number>;
}

const ownPages = new Map([
  [usageLogs, 6],
  [callKeys, 5],
  [events, 2],
  [summary, 4],
  [series, 3],
]);

/** Loads with 20 % lists. */
export const mixes: readonly Mix[] = [
  {
    title: 'a gateway that reports ten calls at a time, and the pages of its users',
    lists: ownPages,
    others: new Map([
      [verifyCallKey, 44],
      [ten, 8],
      [me, 20],
      [signInJob, 4],
      [updateCallKey, 4],
    ]),
  },
  {
    title: 'a gateway that reports each call, and the pages of its users',
    lists: ownPages,
    others: new Map([
      [verifyCallKey, 28],
      [one, 28],
      [me, 18],
      [signInJob, 3],
      [updateCallKey, 3],
    ]),
  },
  {
    title: 'a web app without a gateway, a tenth of its lists those of administrators',
    lists: new Map([
      [callKeys, 6],
      [events, 4],
      [summary, 4],
      [usageLogs, 4],
      [users, 1],
      [allEvents, 1],
    ]),
    others: new Map([
      [me, 68],
      [signInJob, 8],
      [updateCallKey, 4],
    ]),
  },
];

/** Each kind of request that occurs, and the list of all logs. */
export const kinds: readonly GrowthJob[] = [
  ...[signInJob, me, verifyCallKey, one, ten, updateCallKey],
  ...[...ownLists, ...listsOfAll],
];
