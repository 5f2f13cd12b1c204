/**
 * Runs single statements for a library that brings its own SQL: the shape of node-postgres. Columns are read as the
 * driver reads them by default, since such a library computes with no BigInt.
 */
export interface StatementClient {
  query(statement: {
    readonly text: string;
    readonly values: unknown[];
    readonly name?: string;
  }): Promise<{ rows: object[]; rowCount: number | null }>;
}
