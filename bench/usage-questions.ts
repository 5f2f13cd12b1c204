import { usageLogsLoader, usageSumsLoader } from './built.ts';
import type { Known, Time } from './usage-rows.ts';

type Context = Parameters<typeof usageLogsLoader>[0];
type Logs = Parameters<ReturnType<typeof usageLogsLoader>['load']>[0];
type Sums = Parameters<ReturnType<typeof usageSumsLoader>['load']>[0];
type Choice = Logs['choice'];

/** Something that people ask of usage: a number of statements, by the functions of Postern that build them. */
export interface Question {
  readonly title: string;
  ask(context: Context): Promise<unknown>;
}

const PAGE = 50;
const everything: Choice = { from: null, to: null, type: null, callKeyId: null, model: null, requestId: null };

/** The filters of the schema, one by one, as somebody uses them; a month lies in the middle of the whole time. */
export const filtersOf = (
  { callKeyId }: Known,
  month: Time,
  requestId: string,
): Readonly<Record<string, Partial<Choice>>> => ({
  'no filter': {},
  'a month': month,
  errors: { type: 'ERROR' },
  answers: { type: 'CONSUME' },
  'a key': { callKeyId },
  'a model': { model: 'model-3' },
  'a request': { requestId },
});

/**
 * Six pages of a list, of which each is a question: at the start, in the middle and at the end, forwards and backwards.
 */
export function pagesOf(title: string, accountId: string | null, filter: Partial<Choice>, middle: string): Question {
  const choice = { ...everything, ...filter };
  const load = (context: Context, page: Partial<Logs['page']>) =>
    usageLogsLoader({ ...context }).load({
      accountId,
      choice,
      page: { size: PAGE, backward: false, after: null, before: null, ...page },
    });
  return {
    title,
    ask: async (context) => {
      const [first, last] = [await load(context, {}), await load(context, { backward: true })];
      await load(context, { after: middle });
      await load(context, { backward: true, before: middle });
      await load(context, { after: last.rows[0]?.id ?? null });
      await load(context, { backward: true, before: first.rows.at(-1)?.id ?? null });
    },
  };
}

/** What usage comes to in a time: altogether, or by hours or days. */
export const sumsOf = (
  title: string,
  accountId: string | null,
  span: Time,
  interval: Sums['interval'] = null,
  filter: Partial<Choice> = {},
): Question => ({
  title,
  ask: (context) =>
    usageSumsLoader({ ...context }).load({ accountId, choice: { ...everything, ...filter }, span, interval }),
});

/** One page, the first, of what is hardest to find: nothing, by several filters of which each finds much. */
export const rareOf = (title: string, accountId: string | null, filter: Partial<Choice>): Question => ({
  title,
  ask: (context) =>
    usageLogsLoader({ ...context }).load({
      accountId,
      choice: { ...everything, ...filter },
      page: { size: PAGE, backward: false, after: null, before: null },
    }),
});
