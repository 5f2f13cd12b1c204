import DataLoader from 'dataloader';
import { toPage, type Page, type PageRequest } from '../../database/read/keyset.js';
import type { Context } from '../context.js';
import { perRequest } from '../per-request.js';

/** The accounts whose rows a statement reads; null for the rows of all accounts together. */
type Owners = readonly string[] | null;
type OwnerOf<Of extends Owners> = Of extends readonly string[] ? string : null;

/** Reads the rows of all owners in one statement; each row names its owner. */
type Find<Of extends Owners, Question, Row> = (
  context: Context,
  accountIds: Of,
  question: Question,
) => Promise<readonly Row[]>;

/** A question about one owner. */
type OwnerQuestion<Of extends Owners, Question> = Question & { readonly accountId: OwnerOf<Of> };

/** Answers a question about one owner. */
type Load<Of extends Owners, Question, Answer> = (
  context: Context,
  asked: OwnerQuestion<Of, Question>,
) => Promise<Answer>;

/**
 * Reads rows owner by owner, in as many statements as there are different questions, however many owners there are. A
 * question asked twice in a request is answered once. It must be plain data that JSON can distinguish.
 */
export function rowsByOwner<Of extends Owners, Question, Row extends { readonly accountId: string | null }>(
  find: Find<Of, Question, Row>,
): Load<Of, Question, readonly Row[]> {
  /** The question, and its text, which is the same for all owners. */
  type Key = { readonly asked: OwnerQuestion<Of, Question>; readonly question: string };

  const answer = async (context: Context, [one, ...others]: readonly Key[]) => {
    if (!one) return new Map<string | null, Row[]>();
    const accountIds =
      one.asked.accountId === null ? null : [one, ...others].flatMap(({ asked }) => asked.accountId ?? []);
    const rows = await find(context, accountIds as Of, one.asked);
    return Map.groupBy(rows, (row) => (accountIds ? row.accountId : null));
  };

  const answerAll = async (context: Context, keys: readonly Key[]): Promise<(readonly Row[])[]> => {
    const groups = [...Map.groupBy(keys, ({ question }) => question)];
    const answers = new Map(
      await Promise.all(groups.map(async ([question, group]) => [question, await answer(context, group)] as const)),
    );
    return keys.map(({ asked, question }) => answers.get(question)?.get(asked.accountId) ?? []);
  };

  const loader = perRequest(
    (context: Context) =>
      new DataLoader((keys: readonly Key[]) => answerAll(context, keys), {
        cacheKeyFn: ({ asked, question }) => `${asked.accountId} ${question}`,
      }),
  );
  return (context, asked) =>
    loader(context).load({ asked, question: JSON.stringify({ ...asked, accountId: asked.accountId === null }) });
}

/** Reads pages owner by owner, in as many statements as there are different pages, however many owners there are. */
export function pagesByOwner<
  Of extends Owners,
  Question extends { readonly page: PageRequest },
  Row extends { readonly accountId: string | null },
>(find: Find<Of, Question, Row>): Load<Of, Question, Page<Row>> {
  const load = rowsByOwner(find);
  return async (context, asked) => toPage(await load(context, asked), asked.page);
}
