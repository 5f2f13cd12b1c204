import type { Locale } from '../../../text/locale.js';

/** The content of a mail in one language, before rendering. */
export interface Mail {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** A code to type in, shown large. */
  readonly code?: string;
  /** The primary action, shown as a button. */
  readonly action?: { readonly label: string; readonly url: string };
  /** Details, e.g. when and from where. */
  readonly facts?: readonly Fact[];
  /** What to do if it wasn't you. */
  readonly warning?: string;
}

export type Fact = readonly [label: string, value: string];

/** A mail with its recipient. */
export interface AddressedMail {
  /** The address as stored, never one from a request. */
  readonly to: string;
  readonly locale: Locale;
  /** The name in the greeting. */
  readonly username: string;
  readonly mail: Mail;
}
