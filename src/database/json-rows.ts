/**
 * Rows as one parameter for `json_to_recordset`, so that a statement has the same text and as many parameters whatever the
 * number of rows. A bigint goes as its digits, which JSON would round as a number.
 */
export const jsonRows = (rows: readonly object[]): string => JSON.stringify(rows, (_name, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
