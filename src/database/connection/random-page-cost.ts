/**
 * The cost of a random page, compared to 1 for the next page: hardly more in memory and on an SSD. PostgreSQL's default
 * of 4 suits hard disks, and would search all accounts' logs of a model row by row, without the index of models.
 */
export const RANDOM_PAGE_COST = 'random_page_cost=1.1';
