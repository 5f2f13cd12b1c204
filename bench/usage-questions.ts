import {
  calendarPeriodsIn,
  findUsageLogs,
  findUsageShares,
  findUsageSums,
  pagesByOwner,
  rowsByOwner,
} from './built.ts';
import type { Known, Time } from './usage-rows.ts';

const usageLogs = pagesByOwner(findUsageLogs);
const usageSums = rowsByOwner(findUsageSums);
const usageShares = rowsByOwner(findUsageShares);

type Context = Parameters<typeof usageLogs>[0];
type Logs = Parameters<typeof usageLogs>[1];
type Sums = Parameters<typeof usageSums>[1];
type Shares = Parameters<typeof usageShares>[1];
type Selection = Logs['selection'];

/** A query about usage: one or more statements, built by Postern's functions. */
export interface Question {
  readonly title: string;
  ask(context: Context): Promise<unknown>;
}

const PAGE = 50;
const everything: Selection = { from: null, to: null, type: null, callKeyId: null, model: null, requestId: null };

/** Each filter of the schema. The month is in the middle of the whole period. */
export const filtersOf = (
  { callKeyId }: Known,
  month: Time,
  requestId: string,
): Readonly<Record<string, Partial<Selection>>> => ({
  'no filter': {},
  'a month': month,
  errors: { type: 'ERROR' },
  answers: { type: 'CONSUME' },
  'a key': { callKeyId },
  'a model': { model: 'model-3' },
  'a request': { requestId },
});

/** Parameters of reads are compared by their JSON, which has no form for the amounts of a row. */
const positionOf = (row: { readonly id: string } | undefined) => (row ? { id: row.id } : null);

/** Six pages of a list: at the start, in the middle and at the end, forward and backward. */
export function pagesOf(title: string, accountId: string | null, filter: Partial<Selection>, middle: string): Question {
  const selection = { ...everything, ...filter };
  const load = (context: Context, page: Partial<Logs['page']>) =>
    usageLogs(
      { ...context },
      {
        accountId,
        selection,
        page: { size: PAGE, backward: false, after: null, before: null, ...page },
      },
    );
  return {
    title,
    ask: async (context) => {
      const [first, last] = [await load(context, {}), await load(context, { backward: true })];
      await load(context, { after: { id: middle } });
      await load(context, { backward: true, before: { id: middle } });
      await load(context, { after: positionOf(last.rows[0]) });
      await load(context, { backward: true, before: positionOf(first.rows.at(-1)) });
    },
  };
}

/** The sums of usage over a time span: in total, or by local hour, day, week or month. */
export const sumsOf = (
  title: string,
  accountId: string | null,
  span: Time,
  interval: Sums['interval'] = null,
  filter: Partial<Selection> = {},
  timeZone = 'UTC',
): Question => {
  const periods = interval === null ? [] : calendarPeriodsIn(interval, timeZone, span, Infinity)!;
  const bounds = [span.from, ...periods.slice(1).map(({ from }) => from), span.to];
  const selection = { ...everything, ...filter };
  return { title, ask: (context) => usageSums({ ...context }, { accountId, selection, bounds, interval }) };
};

/** The ten largest shares of usage over a time span. */
export const sharesOf = (title: string, accountId: string | null, span: Time, by: Shares['by']): Question => ({
  title,
  ask: (context) => usageShares({ ...context }, { accountId, selection: everything, span, by, first: 10 }),
});

/** The first page of the hardest search: nothing, by several filters that each match a lot. */
export const rareOf = (title: string, accountId: string | null, filter: Partial<Selection>): Question => ({
  title,
  ask: (context) =>
    usageLogs(
      { ...context },
      {
        accountId,
        selection: { ...everything, ...filter },
        page: { size: PAGE, backward: false, after: null, before: null },
      },
    ),
});
