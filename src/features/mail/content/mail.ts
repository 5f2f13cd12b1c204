import type { Locale } from '../../../text/locale.js';

/** What a mail says, before it is rendered, in one language. */
export interface Mail {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** A code to type in, shown large. */
  readonly code?: string;
  /** The one thing to do, as a button. */
  readonly action?: { readonly label: string; readonly url: string };
  /** Circumstances, e.g. when and from where. */
  readonly facts?: readonly Fact[];
  /** What to do if it wasn't you. */
  readonly warning?: string;
}

export type Fact = readonly [label: string, value: string];

/** A mail and who gets it. */
export interface AddressedMail {
  /** The address as the database has it, never one that a request gave. */
  readonly to: string;
  readonly locale: Locale;
  /** The name to greet. */
  readonly username: string;
  readonly mail: Mail;
}
