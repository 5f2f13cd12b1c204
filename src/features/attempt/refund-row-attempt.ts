import { sql } from 'kysely';
import type { RuleContext } from '../../rules/context.js';

/** Untyped, since the statement works for any table whose rows count the attempts at themselves. */
type AnyTables = Record<string, Record<string, string | number>>;

/** A row that counts the attempts at itself, such as a challenge, by a column that identifies it. */
export interface CountingRow {
  readonly table: 'email_verifications' | 'password_resets' | 'second_factor_challenges' | 'two_factor_enrolments';
  readonly key: 'id' | 'token_hash';
  readonly value: string;
}

/** Refunds an attempt that a row counted. */
export async function refundRowAttempt(
  { em }: Pick<RuleContext, 'em'>,
  { key, value, ...row }: CountingRow,
): Promise<void> {
  const table: string = row.table;
  await em
    .getKysely<AnyTables>()
    .updateTable(table)
    .set({ attempts: sql<number>`attempts - 1` })
    .where(key as string, '=', value)
    .execute();
}
