import type { Disturbance } from './disturbances.ts';
import type { Ledger } from './ledger.ts';

const seconds = (ms: number) => (ms / 1_000).toFixed(1);

/** The widths of the columns: what happened, how long it lasted, when requests and deliveries succeeded, errors. */
const WIDTHS = [31, 8, 8, 10] as const;

/** How many defects are printed. */
const SHOWN = 30;

const line = (cells: readonly string[]) =>
  cells
    .map((cell, column) => (column >= 1 && column <= 3 ? cell.padStart : cell.padEnd).call(cell, WIDTHS[column] ?? 0))
    .join('  ')
    .trimEnd();

/** The heading of the table of faults. */
export const heading = line(['fault', 'lasted', 'requests', 'deliveries', 'errors meanwhile']);

/** A fault as a row of the table. */
export function rowOf({ name, startedAt, backAt, recoveredAt, deliveredAt, errors }: Disturbance): string {
  const counts = [...errors].map(([code, count]) => `${count} ${code}`).join(', ');
  const times = [backAt - startedAt, recoveredAt - backAt, deliveredAt - backAt].map(seconds);
  return line([name, ...times, counts || 'none']);
}

/** The sums, and each defect. */
export function summary(ledger: Ledger, users: number, messages: number): string {
  const acts = [...ledger.acknowledged].map(([kind, count]) => `  ${kind.padEnd(24)}${count}`);
  const sum = [...ledger.acknowledged.values()].reduce((total, count) => total + count, 0);
  const { done, notDone } = ledger.unanswered;
  return [
    `${sum} acts were acknowledged:`,
    ...acts,
    `${done + notDone} acts had no answer: ${done} had taken effect, ${notDone} had not.`,
    `${users} users, ${ledger.checks} checks of one; ${ledger.promisedCount} promised mails and messages, ${messages} events of the webhook.`,
    `lost ${ledger.count('LOST')}, twice ${ledger.count('TWICE')}, wrong ${ledger.count('WRONG')}, unexpected errors ${ledger.count('UNEXPECTED')}`,
    ...ledger.findings.slice(0, SHOWN).map(({ verdict, at, text }) => `  ${verdict} ${at.toISOString()} ${text}`),
  ].join('\n');
}
