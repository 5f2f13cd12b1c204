/**
 * Runs single statements for a library with its own SQL, in the form of node-postgres. Columns are parsed as the driver
 * does by default, since such a library does not compute with BigInt.
 */
export interface StatementClient {
  query(statement: {
    readonly text: string;
    readonly values: unknown[];
    readonly name?: string;
  }): Promise<{ rows: object[]; rowCount: number | null }>;
}
