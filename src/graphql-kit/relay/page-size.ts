/** How many entries a page has if nobody says, and at most. */
export const DEFAULT_PAGE_SIZE = 20;
export const LARGEST_PAGE_SIZE = 100;
