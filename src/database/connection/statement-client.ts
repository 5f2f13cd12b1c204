/**
 * A minimal client in the form of node-postgres, for libraries that write their own SQL. Columns are parsed with the
 * driver's defaults, because these libraries don't expect BigInt.
 */
export interface StatementClient {
  query(statement: {
    readonly text: string;
    readonly values: unknown[];
    readonly name?: string;
  }): Promise<{ rows: object[]; rowCount: number | null }>;
}
