import { toPage, type PageRequest, type Position } from '../../database/read/keyset.js';

/** Rows per page, which bounds the memory of an export. */
const PAGE_SIZE = 500;

/** Yields all rows of a list page by page, newest first. It reads the next page only when it is asked for. */
export async function* readPages<Row extends Position>(
  find: (page: PageRequest) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[]> {
  let after: Position | null = null;
  do {
    const request: PageRequest = { size: PAGE_SIZE, backward: false, after, before: null };
    const { rows, hasNextPage } = toPage(await find(request), request);
    yield rows;
    after = hasNextPage ? (rows.at(-1) ?? null) : null;
  } while (after !== null);
}
