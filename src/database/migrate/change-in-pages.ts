import { NIL_ID } from '../connection/id.js';

/** Rows changed at a time, so that no statement approaches its timeout or delays users who sign in. */
const ROWS_PER_PAGE = 500;

/** Finds and changes the rows of a migration. */
interface Change {
  /** Up to `limit` rows to change, in the order of their IDs, after the given one. */
  find(after: string, limit: number): Promise<readonly { readonly id: string }[]>;
  change(ids: readonly string[]): Promise<unknown>;
}

/**
 * Changes rows page by page, however many there are. It is not a transaction: if it is interrupted, changed rows stay
 * changed, and it can run again.
 */
export async function changeInPages({ find, change }: Change): Promise<void> {
  let page: readonly { readonly id: string }[] = [];
  do {
    page = await find(page.at(-1)?.id ?? NIL_ID, ROWS_PER_PAGE);
    if (page.length > 0) await change(page.map(({ id }) => id));
  } while (page.length === ROWS_PER_PAGE);
}
