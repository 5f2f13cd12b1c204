/**
 * The planner's cost of a random page, relative to 1 for a sequential one, for data in memory or on an SSD. With
 * PostgreSQL's default of 4, which suits hard disks, it would ignore the index on models and scan all logs.
 */
export const RANDOM_PAGE_COST = '1.1';
