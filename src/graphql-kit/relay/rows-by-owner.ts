import DataLoader from 'dataloader';
import { toPage, type Page, type PageRequest } from '../../database/read/keyset.js';
import type { Context } from '../context.js';
import { perRequest } from '../per-request.js';

/** The accounts whose rows a statement reads; null for the rows of all accounts together. */
type OwnerIds = readonly string[] | null;
type OwnerId<Ids extends OwnerIds> = Ids extends readonly string[] ? string : null;

/** Reads the rows of all owners in one statement; each row names its owner. */
type FindRows<Ids extends OwnerIds, Parameters, Row> = (
  context: Context,
  accountIds: Ids,
  parameters: Parameters,
) => Promise<readonly Row[]>;

/** The parameters of a read, and the owner whose rows it reads. */
type OwnerParameters<Ids extends OwnerIds, Parameters> = Parameters & { readonly accountId: OwnerId<Ids> };

type Load<Ids extends OwnerIds, Parameters, Result> = (
  context: Context,
  parameters: OwnerParameters<Ids, Parameters>,
) => Promise<Result>;

/**
 * Batches the reads of a request: those that differ only in their owner share one statement, and equal reads run once.
 * Parameters are compared by their JSON.
 */
export function rowsByOwner<Ids extends OwnerIds, Parameters, Row extends { readonly accountId: string | null }>(
  find: FindRows<Ids, Parameters, Row>,
): Load<Ids, Parameters, readonly Row[]> {
  /** `groupKey` is the same for reads that differ only in their owner. */
  type Key = { readonly parameters: OwnerParameters<Ids, Parameters>; readonly groupKey: string };

  const loadGroup = async (context: Context, [first, ...others]: readonly Key[]) => {
    if (!first) return new Map<string | null, Row[]>();
    const accountIds =
      first.parameters.accountId === null
        ? null
        : [first, ...others].flatMap(({ parameters }) => parameters.accountId ?? []);
    const rows = await find(context, accountIds as Ids, first.parameters);
    return Map.groupBy(rows, (row) => (accountIds ? row.accountId : null));
  };

  const loadAll = async (context: Context, keys: readonly Key[]): Promise<(readonly Row[])[]> => {
    const groups = [...Map.groupBy(keys, ({ groupKey }) => groupKey)];
    const results = new Map(
      await Promise.all(groups.map(async ([groupKey, group]) => [groupKey, await loadGroup(context, group)] as const)),
    );
    return keys.map(({ parameters, groupKey }) => results.get(groupKey)?.get(parameters.accountId) ?? []);
  };

  const loader = perRequest(
    (context: Context) =>
      new DataLoader((keys: readonly Key[]) => loadAll(context, keys), {
        cacheKeyFn: ({ parameters, groupKey }) => `${parameters.accountId} ${groupKey}`,
      }),
  );
  return (context, parameters) =>
    loader(context).load({
      parameters,
      groupKey: JSON.stringify({ ...parameters, accountId: parameters.accountId === null }),
    });
}

/** The same for pages of rows. */
export function pagesByOwner<
  Ids extends OwnerIds,
  Parameters extends { readonly page: PageRequest },
  Row extends { readonly accountId: string | null },
>(find: FindRows<Ids, Parameters, Row>): Load<Ids, Parameters, Page<Row>> {
  const load = rowsByOwner(find);
  return async (context, parameters) => toPage(await load(context, parameters), parameters.page);
}
