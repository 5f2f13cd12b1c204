import type { CallKeyUses } from '../features/call-key/call-key-uses.js';
import type { Locale } from '../text/locale.js';
import type { Caller } from '../features/security-event/caller.js';
import type { RateLimits } from '../features/attempt/rate-limits.js';
import type { Config } from '../config/config.js';
import type { EntityManager } from '../database/connection/database.js';
import type { Reader } from '../database/read/select.js';
import type { ResolveName } from '../net/resolve-name.js';
import type { KeyRing } from '../crypto/key-ring.js';
import type { Mailbox } from '../features/mail/mailbox.js';
import type { SecondFactorMethod } from '../features/two-factor/second-factor.js';
import type { PasswordHashing } from '../crypto/password-hash.js';

/** The context of business rules, independent of GraphQL and HTTP. */
export interface RuleContext {
  /** The unit of work of this request. */
  readonly em: EntityManager;
  /** Runs compiled reads. */
  readonly reader: Reader;
  readonly caller: Caller;
  /** The time of the request, the same for everything it does. */
  readonly now: Date;
  /** When the request must have changed everything that it changes, by `performance.now()`. */
  readonly deadline: number;
  readonly passwords: PasswordHashing;
  /** The encryption keys. */
  readonly keys: KeyRing;
  readonly rateLimits: RateLimits;
  /** All second factor methods. */
  readonly secondFactors: readonly SecondFactorMethod<RuleContext>[];
  /** The client's preferred language among the supported ones. */
  readonly locale: Locale;
  readonly mail: Mailbox;
  /** Records the use of call keys. */
  readonly callKeyUses: CallKeyUses;
  /** Finds the IP addresses of a host. */
  readonly resolveName: ResolveName;
  readonly config: Config;
}
