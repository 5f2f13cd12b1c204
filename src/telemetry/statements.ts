import { inSeconds } from '../duration.js';
import { currentRequest } from './request-record.js';
import { activeSpan, endAfter } from './spans.js';

/** How often a statement ran, and how long in total. */
interface StatementTotal {
  readonly name: string;
  readonly count: number;
  readonly seconds: number;
}

/** Names and texts are bounded, so that neither metrics nor memory grow without end. */
const MAXIMUM_NAMES = 400;
const MAXIMUM_TEXTS = 1_000;

/** The name of statements beyond the maximum. */
const OTHER = 'other';

/** What a span of a statement says. */
const DATABASE = { 'db.system.name': 'postgresql' };

const totals = new Map<string, { count: number; milliseconds: number }>();
const namesByText = new Map<string, string>();

/** The statements of this process by name, in any order. */
export const statementTotals = (): StatementTotal[] =>
  [...totals].map(([name, { count, milliseconds }]) => ({ name, count, seconds: inSeconds(milliseconds) }));

/**
 * Measures a statement: counts it for its request and by its name, logs it at level debug, and traces it, all without
 * its text and its values.
 *
 * @param run starts it; its time is that of the promise, if it returns one
 */
export function measureStatement<Result>(name: string, run: () => Result): Result {
  const request = currentRequest();
  if (request) request.statements += 1;
  const span = activeSpan()?.begin(name, 'CLIENT', DATABASE);
  const startedAt = performance.now();
  const end = () => {
    const milliseconds = performance.now() - startedAt;
    add(name, milliseconds);
    request?.debug?.debug({ statement: name, ms: roundMs(milliseconds) }, 'statement');
  };
  const result = run();
  if (result instanceof Promise) result.then(end, end);
  else end();
  if (span !== undefined) endAfter(span, result);
  return result;
}

/** Measures a statement that has no name but its text. */
export const measureText = <Result>(text: string, run: () => Result): Result =>
  measureStatement(nameStatement(text), run);

/** Milliseconds with two decimals. */
export const roundMs = (milliseconds: number): number => Math.round(milliseconds * 100) / 100;

function add(name: string, milliseconds: number): void {
  const total = totals.get(name);
  if (total) {
    total.count += 1;
    total.milliseconds += milliseconds;
  } else if (totals.size < MAXIMUM_NAMES) totals.set(name, { count: 1, milliseconds });
  else if (name !== OTHER) add(OTHER, milliseconds);
  else totals.set(OTHER, { count: 1, milliseconds });
}

/** The name of a statement by its text: what it does and to which table, e.g. `update sessions`. */
function nameStatement(text: string): string {
  const known = namesByText.get(text);
  if (known !== undefined) return known;
  const name = describeText(text);
  if (namesByText.size < MAXIMUM_TEXTS) namesByText.set(text, name);
  return name;
}

const CHANGE =
  /\b(insert|update|delete)\s+(?:into\s+|from\s+)?(?:only\s+)?((?:"?\w+"?\.)?"?\w+"?)(?:\s+as\s+"?\w+"?)?\s*(?:set\b|\(|using\b|where\b|default\b|select\b|$)/i;
const READ = /\bfrom\s+(?:only\s+)?((?:"?\w+"?\.)?"?\w+"?)/i;

function describeText(text: string): string {
  const [verb = ''] = /^[a-z]+/i.exec(text.trimStart()) ?? [];
  const first = verb.toLowerCase();
  if (['insert', 'update', 'delete', 'with'].includes(first)) {
    const [, change, table] = CHANGE.exec(text) ?? [];
    if (change !== undefined && table !== undefined) return `${change.toLowerCase()} ${withoutQuotes(table)}`;
  }
  const [, table] = ['select', 'with'].includes(first) ? (READ.exec(text) ?? []) : [];
  return table === undefined ? first || OTHER : `select ${withoutQuotes(table)}`;
}

const withoutQuotes = (table: string) => table.replaceAll('"', '');
