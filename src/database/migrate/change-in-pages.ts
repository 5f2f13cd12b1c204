import { NIL_ID } from '../connection/id.js';

/**
 * How many rows are changed at a time, so that no statement comes near its limit, and none keeps people waiting who
 * sign in meanwhile.
 */
const ROWS_PER_PAGE = 500;

/** What is to be changed in a table, and how. */
interface Change {
  /** At most so many rows that are to be changed, in the order of their ids, after one of them. */
  find(after: string, limit: number): Promise<readonly { readonly id: string }[]>;
  change(ids: readonly string[]): Promise<unknown>;
}

/**
 * Changes rows page by page, however many there are. It is no transaction: what was changed stays so when it is
 * interrupted, and it can be run again.
 */
export async function changeInPages({ find, change }: Change): Promise<void> {
  let page: readonly { readonly id: string }[] = [];
  do {
    page = await find(page.at(-1)?.id ?? NIL_ID, ROWS_PER_PAGE);
    if (page.length > 0) await change(page.map(({ id }) => id));
  } while (page.length === ROWS_PER_PAGE);
}
