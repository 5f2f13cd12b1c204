/**
 * What a page costs that is not the next one, against 1 for the next one: hardly more, in memory and on a disk without
 * a head. PostgreSQL's own 4 is that of a disk with one, and would have everybody's logs of a model looked for row by
 * row, past the index of models.
 */
export const RANDOM_PAGE_COST = 'random_page_cost=1.1';
