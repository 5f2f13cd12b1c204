import { fork } from '../../src/database/connection/database.js';
import type { RuleContext } from '../../src/rules/context.js';
import type { TestPostern } from './postern.js';

/** A context for calling a rule directly, without a request. */
export function ruleContext({
  database,
  clock,
  app: {
    dependencies: { passwords, keys, mail, rateLimits, secondFactors, callKeyUses, resolveName, config },
  },
}: TestPostern): RuleContext {
  return {
    em: fork(database),
    reader: database.reader,
    passwords,
    keys,
    mail,
    rateLimits,
    secondFactors,
    callKeyUses,
    resolveName,
    config,
    locale: 'EN',
    now: clock.read(),
    deadline: Infinity,
    caller: { ip: null, userAgent: null, requestId: 'a request' },
  };
}
