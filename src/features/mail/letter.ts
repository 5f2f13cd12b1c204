import type { Locale } from '../../text/locale.js';

/** What a mail says, before it gets its look. It is written in one language. */
export interface Letter {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** A code to type in, shown large. */
  readonly code?: string;
  /** The one thing to do, as a button. */
  readonly action?: { readonly label: string; readonly url: string };
  /** Circumstances, e.g. when and from where. */
  readonly facts?: readonly (readonly [label: string, value: string])[];
  /** What to do if it was not the person. */
  readonly warning?: string;
}

/** A letter and who gets it. */
export interface AddressedLetter {
  /** The address as the database has it, never one that a request gave. */
  readonly to: string;
  readonly locale: Locale;
  /** The name to greet. */
  readonly username: string;
  readonly letter: Letter;
}
