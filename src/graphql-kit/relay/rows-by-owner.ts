import DataLoader from 'dataloader';
import { cutPage, type Page, type PageRequest } from '../../database/read/keyset.js';
import type { Context } from '../context.js';
import { perRequest } from '../per-request.js';

/** The accounts that a statement reads the rows of; null for everybody's rows at once. */
type Owners = readonly string[] | null;
type OwnerOf<Of extends Owners> = Of extends readonly string[] ? string : null;

/** A statement that reads the rows of all owners at once; each row names its owner. */
type Find<Of extends Owners, Question, Row> = (
  context: Context,
  accountIds: Of,
  question: Question,
) => Promise<readonly Row[]>;

/** What is asked of one owner. */
type Asked<Of extends Owners, Question> = Question & { readonly accountId: OwnerOf<Of> };

/** Reads the answer to one question about one owner. */
type Load<Of extends Owners, Question, Answer> = (context: Context, asked: Asked<Of, Question>) => Promise<Answer>;

/**
 * Reads rows owner by owner, in as many statements as there are different questions, however many owners there are. A
 * question that is asked twice in a request is answered once. It has to be plain data, which JSON can tell apart.
 */
export function rowsByOwner<Of extends Owners, Question, Row extends { readonly accountId: string | null }>(
  find: Find<Of, Question, Row>,
): Load<Of, Question, readonly Row[]> {
  type Key = Asked<Of, Question>;
  const questionOf = (key: Key): string => JSON.stringify({ ...key, accountId: key.accountId === null });

  const answerAll = async (context: Context, keys: readonly Key[]): Promise<(readonly Row[])[]> => {
    const groups = [...Map.groupBy(keys, questionOf)].flatMap(([question, group]) =>
      group.slice(0, 1).map((asked) => ({ question, asked, group })),
    );
    const answers = await Promise.all(
      groups.map(async ({ question, asked, group }) => {
        const accountIds = asked.accountId === null ? null : group.flatMap(({ accountId }) => accountId ?? []);
        const rows = await find(context, accountIds as Of, asked);
        return [question, Map.groupBy(rows, (row) => (accountIds ? row.accountId : null))] as const;
      }),
    );
    const byQuestion = new Map(answers);
    return keys.map((key) => byQuestion.get(questionOf(key))?.get(key.accountId) ?? []);
  };

  const loader = perRequest(
    (context: Context) =>
      new DataLoader((keys: readonly Key[]) => answerAll(context, keys), {
        cacheKeyFn: (key) => `${key.accountId} ${questionOf(key)}`,
      }),
  );
  return (context, asked) => loader(context).load(asked);
}

/** Reads pages owner by owner, in as many statements as there are different pages, however many owners there are. */
export function pagesByOwner<
  Of extends Owners,
  Question extends { readonly page: PageRequest },
  Row extends { readonly accountId: string | null },
>(find: Find<Of, Question, Row>): Load<Of, Question, Page<Row>> {
  const load = rowsByOwner(find);
  return async (context, asked) => cutPage(await load(context, asked), asked.page);
}
