import type { Role } from '../../../src/rules/role.js';
import type { Ending } from './session-endings.js';
import type { TwoSessions } from './two-sessions.js';

export type Input = Record<string, unknown>;

/** A mutation that a credential authorizes, and how to send it with success. */
export interface AuthorizedMutation {
  readonly name: string;
  /** What tells it from another case of the same mutation. */
  readonly variant?: string;
  /** What it returns besides its user errors, secrets included. */
  readonly fields: string;
  /** The role of the caller; USER by default. */
  readonly role?: Role;
  readonly twoFactor?: boolean;
  /** What authorizes it; the session by default. A PROOF is a password, a challenge or an emailed link. */
  readonly credential?: 'API_TOKEN' | 'PROOF';
  /** The acts that end what authorizes it; by default those that end a session. */
  readonly endedBy?: readonly Ending['name'][];
  /** Its own refusal, by what ended the proof; without one it is UNAUTHENTICATED. */
  readonly refusals?: Partial<Record<Ending['name'], [code: string, ...field: string[]]>>;
  /** The events that a refusal records. */
  readonly refusalEvents?: readonly string[];
  /** Whether it ends the first session of the user itself, which can't end the second one then. */
  readonly endsOthers?: boolean;
  /** The key of the limit that it counts against between two transactions; the second one decides. */
  limitBetween?(input: Input): string;
  /** Whether it ends the account of its caller, so that neither the session nor an act on the account is left. */
  readonly endsOwn?: boolean;
  /** Prepares what it changes. @returns its input */
  prepare?(user: TwoSessions): Promise<Input | void>;
}
