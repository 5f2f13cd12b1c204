import type { CallKeyUses } from '../features/call-key/call-key-uses.js';
import type { Locale } from '../text/locale.js';
import type { Caller } from '../features/security-event/caller.js';
import type { RateLimits } from '../features/attempt/rate-limits.js';
import type { Config } from '../config/config.js';
import type { EntityManager } from '../database/connection/database.js';
import type { Reader } from '../database/read/select.js';
import type { KeyRing } from '../crypto/key-ring.js';
import type { Mailbox } from '../features/mail/mailbox.js';
import type { SecondFactorMethod } from '../features/two-factor/second-factor.js';
import type { PasswordHashing } from '../crypto/password-hash.js';

/** The circumstances in which a rule works: it knows nothing of GraphQL or HTTP. */
export interface RuleContext {
  /** A unit of work of this request alone. */
  readonly em: EntityManager;
  /** The one door for hot reads. */
  readonly reader: Reader;
  readonly caller: Caller;
  /** The moment of the request, one for all that it does. */
  readonly now: Date;
  readonly passwords: PasswordHashing;
  /** The keys of what is kept secret. */
  readonly keys: KeyRing;
  readonly rateLimits: RateLimits;
  /** Every kind of second factor. */
  readonly secondFactors: readonly SecondFactorMethod<RuleContext>[];
  /** The language that the client prefers, of those that Postern speaks. */
  readonly locale: Locale;
  readonly mail: Mailbox;
  /** Notes when call keys are used. */
  readonly callKeyUses: CallKeyUses;
  readonly config: Config;
}
