import type { RuleContext } from '../../rules/context.js';

/** What reading an export needs. `now` bounds what it finds. */
export type ExportContext = Pick<RuleContext, 'reader' | 'now'>;
