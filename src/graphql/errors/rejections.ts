import { Counter } from 'prom-client';

/**
 * What was refused since this process began, in numbers and of nobody: what a limit refuses, and what anonymous callers
 * are denied, is no event.
 */
export interface Rejections {
  /** What limits and quotas refused, by their names, whether the caller was told or not. */
  readonly limited: Counter<'limit'>;
  /** Errors that callers were answered, by their codes. */
  readonly answered: Counter<'code'>;
}

/** Counts from nothing. Nobody sees the numbers before they are registered. */
export const countRejections = (): Rejections => ({
  limited: new Counter({
    name: 'postern_limit_refusals_total',
    help: 'What limits and quotas refused, by their names.',
    labelNames: ['limit'],
    registers: [],
  }),
  answered: new Counter({
    name: 'postern_errors_total',
    help: 'Errors that callers were answered, by their codes; what was typed wrongly is none of them.',
    labelNames: ['code'],
    registers: [],
  }),
});
